import type { Urgency } from '../domain/cards/content.ts';

/** How fast Slack may be called, over all replicas. */
export interface Pace {
  /**
   * Takes a turn in the lane for this card: 0, or how many milliseconds to wait before asking again. Whoever has to
   * wait keeps a place, the more urgent before the less.
   */
  take(lane: Lane, card: string, urgency: Urgency): Promise<number>;
  /** Slack wants silence in the lane. */
  close(lane: Lane, forMs: number): Promise<void>;
}

/** Posts are counted for each conversation apart, edits and deletions together; looks whether a card is there still. */
export type Lane = { readonly postsTo: string } | 'edits' | 'looks';
