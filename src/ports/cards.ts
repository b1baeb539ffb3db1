import type { Card } from '../domain/cards/card.ts';
import type { CardKey } from '../domain/cards/kinds.ts';
import type { Saved } from './saved.ts';

export interface Cards {
  /** A card never saved is there too, with version 0 and no message. */
  get(key: CardKey): Promise<Card>;
  /** Stores the card if it is still at `card.version`. Due again at `dueAt`; without it, once its subject moves past `card.shown`. */
  save(card: Card, dueAt?: number): Promise<Saved>;
  /** Takes a card that needs nothing off the list of what is due, unless its subject has moved past `card.shown` meanwhile. */
  settle(card: Card): Promise<void>;
  /** Slack has answered a post to this conversation, of whatever card. */
  noteAnswer(conversation: string, at: number): Promise<void>;
  answeredAt(conversation: string): Promise<number | undefined>;
  inTrouble(): Promise<readonly Card[]>;
}
