import type { Attention } from './limits.ts';
import { attentions } from './limits.ts';
import type { SessionFilter, SortOrder } from './filter.ts';
import { usualOrder } from './filter.ts';
import { bareLogin } from './login.ts';
import type { SessionOnHost } from './host-state.ts';

/** In the order asked for; always the same one, so that no session is on two pages or on none. */
export function sortEntries(
  entries: readonly SessionOnHost[],
  { sort = usualOrder, groupByHost }: Pick<SessionFilter, 'sort' | 'groupByHost'>,
  attentionTo: (entry: SessionOnHost) => Attention,
): readonly SessionOnHost[] {
  const namesOf = groupByHost && sort !== 'host' ? hostFirst(names[sort]) : names[sort];
  const rankOf =
    sort === 'attention' ? (entry: SessionOnHost) => attentions.indexOf(attentionTo(entry)) : () => 0;
  return entries
    .map((entry) => placed(entry, namesOf(entry), rankOf(entry)))
    .sort(inOrder)
    .map(({ entry }) => entry);
}

/** What an entry is compared by, read once: of thousands, each is compared a dozen times. */
interface Placed {
  readonly entry: SessionOnHost;
  readonly names: readonly string[];
  readonly rank: number;
  readonly startedAt: number;
  readonly ref: string;
}

type Names = (entry: SessionOnHost) => readonly string[];

const none: readonly string[] = [];
const names: Readonly<Record<SortOrder, Names>> = {
  attention: () => none,
  age: () => none,
  host: ({ hostState: { host } }) => [host.name, host.id],
  vm: ({ tracked }) => [tracked.session.vm.name],
  user: ({ tracked }) => [bareLogin(tracked.session.vmLogin)],
};

function hostFirst(within: Names): Names {
  return (entry) => [...names.host(entry), ...within(entry)];
}

function placed(entry: SessionOnHost, namesOfIt: readonly string[], rank: number): Placed {
  const { ref, session } = entry.tracked;
  return { entry, names: namesOfIt, rank, startedAt: session.startedAt, ref };
}

function inOrder(a: Placed, b: Placed): number {
  for (const [index, name] of a.names.entries()) {
    const other = b.names[index] ?? '';
    if (name !== other) return name < other ? -1 : 1;
  }
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.startedAt !== b.startedAt) return a.startedAt - b.startedAt;
  return a.ref < b.ref ? -1 : a.ref > b.ref ? 1 : 0;
}
