import { cardName } from '../../src/domain/cards/kinds.ts';
import type { Looks } from '../../src/ports/looks.ts';

/** The contract of the Redis store without Redis. */
export function memoryLooks(clock: () => number): Looks {
  const looked = new Map<string, number>();
  let turns = 0;
  let held: { readonly turn: string; readonly until: number } | undefined;
  return {
    begin: async (forMs) => {
      if (held && held.until > clock()) return undefined;
      turns += 1;
      held = { turn: `look-${turns}`, until: clock() + forMs };
      return held.turn;
    },
    end: async (turn) => {
      if (held?.turn === turn) held = undefined;
    },
    ages: async (keys) => {
      const names = keys.map((key) => cardName(key));
      for (const name of looked.keys()) if (!names.includes(name)) looked.delete(name);
      return names.map((name) => {
        const at = looked.get(name);
        return at === undefined ? undefined : clock() - at;
      });
    },
    note: async (key) => void looked.set(cardName(key), clock()),
  };
}
