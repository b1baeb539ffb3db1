import type { SessionFilter } from './filter.ts';
import type { Entry } from './row.ts';

/** In the order asked for; always the same one, so that no session is on two pages or on none. */
export function sortEntries(
  entries: readonly Entry[],
  { sort = 'age', groupByHost }: Pick<SessionFilter, 'sort' | 'groupByHost'>,
): readonly Entry[] {
  const orders: readonly Order[] = [
    ...(groupByHost || sort === 'host'
      ? [by(({ memory }) => memory.host.name), by(({ memory }) => memory.host.id)]
      : []),
    ...(sort === 'vm' ? [by(({ watch }) => watch.session.vm.name)] : []),
    ...(sort === 'user' ? [by(({ watch }) => watch.session.vmLogin)] : []),
    (a, b) => a.watch.session.startedAt - b.watch.session.startedAt,
    by(({ watch }) => watch.ref),
  ];
  return entries.toSorted((a, b) => {
    for (const order of orders) {
      const difference = order(a, b);
      if (difference !== 0) return difference;
    }
    return 0;
  });
}

type Order = (a: Entry, b: Entry) => number;

function by(nameOf: (entry: Entry) => string): Order {
  return (a, b) => {
    const [one, other] = [nameOf(a), nameOf(b)];
    return one < other ? -1 : one > other ? 1 : 0;
  };
}
