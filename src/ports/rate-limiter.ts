import type { Turn } from '../domain/cards/turn.ts';

/** How fast Slack may be called, over all replicas. */
export interface RateLimiter {
  /**
   * Takes a turn in the lane for this card: 0, or how many milliseconds to wait before asking again. Whoever has to
   * wait keeps a place, the more urgent before the less. Within one urgency the cards of a person make one line: once
   * one of them has had its turn, the others stand behind those of all who wait by then.
   */
  take(lane: Lane, turn: Turn): Promise<number>;
  /** Slack wants silence in the lane. */
  close(lane: Lane, forMs: number): Promise<void>;
}

/** Posts are counted for each conversation apart, edits and deletions together; looks whether a card is there still. */
export type Lane = { readonly postsTo: string } | 'edits' | 'looks';
