import type { Home } from '../../src/domain/home/home.ts';
import type { UserId } from '../../src/domain/people/person.ts';
import type { Updated } from '../../src/ports/channel.ts';
import type { HomeTab } from '../../src/ports/home-tab.ts';
import type { Homes } from '../../src/ports/homes.ts';

/** The contract of the Redis store without Redis. */
export function memoryHomes(clock: () => number): Homes {
  const opened = new Map<UserId, number>();
  const pictures = new Map<UserId, string>();
  const turns = new Map<UserId, number>();
  return {
    opened: async (user, at) => {
      opened.set(user, at);
      pictures.delete(user);
    },
    openedSince: async (since) => [...opened].filter(([, at]) => at >= since).map(([user]) => user),
    takeTurn: async (user, picture, forMs) => {
      if (pictures.get(user) === picture || (turns.get(user) ?? 0) > clock()) return false;
      turns.set(user, clock() + forMs);
      return true;
    },
    shows: async (user, picture) => {
      pictures.set(user, picture);
    },
  };
}

export interface KeptHomeTab extends HomeTab {
  /** Every publication, the last one last. */
  readonly published: readonly { readonly user: UserId; readonly home: Home }[];
  /** The next publication fails so. */
  failNext(failure: Exclude<Updated, { ok: true }>): void;
}

export function keptHomeTab(): KeptHomeTab {
  const published: { user: UserId; home: Home }[] = [];
  const failures: Updated[] = [];
  return {
    published,
    failNext: (failure) => {
      failures.push(failure);
    },
    publish: async (user, home) => {
      const failure = failures.shift();
      if (failure) return failure;
      published.push({ user, home });
      return { ok: true };
    },
  };
}
