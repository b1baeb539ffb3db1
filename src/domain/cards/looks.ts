import type { CardKey } from './kinds.ts';
import { cards } from './kinds.ts';

export interface LookedAt {
  readonly key: CardKey;
  readonly agoMs: number | undefined;
}

/** As often as this at most; every minute is what a decision may wait for its card. */
const everyMs = 60_000;

/** Those on which somebody decides take half of `atMost` at most, then come the others; first what nobody has looked at for longest. */
export function dueLooks(all: readonly LookedAt[], atMost: number): readonly CardKey[] {
  const ago = ({ agoMs = Infinity }: LookedAt) => agoMs;
  const due = all
    .filter((one) => ago(one) >= everyMs)
    .toSorted((one, other) => (ago(one) === ago(other) ? 0 : ago(other) - ago(one)))
    .map(({ key }) => key);
  const deciding = due.filter(isDecidedOn);
  const others = due.filter((key) => !isDecidedOn(key));
  const first = deciding.slice(0, Math.max(atMost / 2, atMost - others.length));
  return [...first, ...others].slice(0, atMost);
}

function isDecidedOn({ card }: CardKey): boolean {
  return cards[card].place === 'approvals';
}
