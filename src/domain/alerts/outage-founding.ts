import { grouped } from '../kit/grouped.ts';
import { causeIn, memberOf, withinMs } from './outage-members.ts';
import type { Gathering, Outage, SilentHost } from './outage.ts';

/** Fewer have a card each, unless they are all there are. */
const fromHosts = 3;

interface Founding {
  readonly free: readonly SilentHost[];
  readonly causes: ReadonlySet<string>;
  readonly hosts: number;
}

export function foundOutages({ free, causes, hosts }: Founding, gathering: Gathering): readonly Outage[] {
  return [...grouped(free, causeIn)].flatMap(([cause, alike]): readonly Outage[] => {
    if (causes.has(cause)) return [];
    const [first, ...more] = mostTogether(alike, withinMs(gathering.everyMs));
    if (!first || (more.length + 1 < fromHosts && !(more.length > 0 && more.length + 1 === hosts))) return [];
    const members = [first, ...more];
    return [
      {
        id: gathering.newId(),
        version: 0,
        cause,
        failure: first.silence.failure,
        since: first.silence.since,
        hosts: members.map(memberOf),
        changedAt: gathering.now,
        state: { is: 'open' },
      },
    ];
  });
}

function mostTogether(hosts: readonly SilentHost[], forMs: number): readonly SilentHost[] {
  const sorted = hosts.toSorted((one, other) => one.silence.since - other.silence.since);
  return sorted
    .map((first, index) =>
      sorted.slice(index).filter(({ silence }) => silence.since - first.silence.since <= forMs),
    )
    .reduce<readonly SilentHost[]>((most, some) => (some.length > most.length ? some : most), []);
}
