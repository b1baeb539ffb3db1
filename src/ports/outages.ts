import type { Outage } from '../domain/alerts/outage.ts';
import type { OutageChange } from '../domain/alerts/outages.ts';
import type { Card } from '../domain/cards/card.ts';
import type { Saved } from './saved.ts';

export interface Outages {
  get(id: string): Promise<Outage | undefined>;
  lasting(): Promise<readonly Outage[]>;
  /** In one step with the silences that join or leave it and a message handed over, each at its version. Their cards are due at `now`. */
  save(change: OutageChange, now: number, handOver?: HandOver): Promise<Saved>;
}

export interface HandOver {
  readonly from: Card;
  readonly to: Card;
}
