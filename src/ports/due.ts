import type { CardKey } from '../domain/cards/kinds.ts';

/** Something that is looked at when its moment comes; looking twice does no harm. */
export type DueItem =
  | { readonly kind: 'card'; readonly key: CardKey }
  | { readonly kind: 'alert'; readonly id: string }
  | { readonly kind: 'request'; readonly id: string };

export interface Due {
  /** What is due by `now` and can be read, the longest overdue first. */
  by(now: number, atMost: number): Promise<readonly DueItem[]>;
  postpone(item: DueItem, until: number): Promise<void>;
}
