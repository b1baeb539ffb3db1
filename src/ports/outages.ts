import type { Outage } from '../domain/alerts/outage.ts';
import type { OutageChange } from '../domain/alerts/outages.ts';
import type { Card } from '../domain/cards/card.ts';
import type { Saved } from './saved.ts';

export interface Outages {
  get(id: string): Promise<Outage | undefined>;
  /** Those that last and can be read. */
  lasting(): Promise<readonly Outage[]>;
  /**
   * Stores an outage, the silences that join or leave it, and a message that one card hands over to another, in one
   * step, each against its own version. Their cards are due at `now`. `conflict`: somebody else was faster.
   */
  save(change: OutageChange, now: number, handOver?: HandOver): Promise<Saved>;
}

/** Both as they are to be, at the versions that they had. */
export interface HandOver {
  readonly from: Card;
  readonly to: Card;
}
