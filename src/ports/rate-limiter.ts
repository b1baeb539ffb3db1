import type { Turn } from '../domain/cards/turn.ts';

/** How fast Slack may be called, over all replicas. */
export interface RateLimiter {
  /** 0, or how many milliseconds to wait before asking again: a place is kept, the more urgent first, and people take turns. */
  take(lane: Lane, turn: Turn): Promise<number>;
  close(lane: Lane, forMs: number): Promise<void>;
}

/** Posts are counted for each conversation apart, edits and deletions together; looks whether a card is there still. */
export type Lane = { readonly postsTo: string } | 'edits' | 'looks';
