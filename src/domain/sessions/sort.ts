import type { Attention } from './attention.ts';
import { attentions } from './attention.ts';
import type { SessionFilter, SortOrder } from './filter.ts';
import { usualOrder } from './filter.ts';
import { bareLogin } from './login.ts';
import type { Entry } from './row.ts';

/** In the order asked for; always the same one, so that no session is on two pages or on none. */
export function sortEntries(
  entries: readonly Entry[],
  { sort = usualOrder, groupByHost }: Pick<SessionFilter, 'sort' | 'groupByHost'>,
  attentionTo: (entry: Entry) => Attention,
): readonly Entry[] {
  const namesOf = groupByHost && sort !== 'host' ? hostFirst(names[sort]) : names[sort];
  const rankOf = sort === 'attention' ? (entry: Entry) => attentions.indexOf(attentionTo(entry)) : () => 0;
  return entries
    .map((entry) => placed(entry, namesOf(entry), rankOf(entry)))
    .sort(inOrder)
    .map(({ entry }) => entry);
}

/** What an entry is compared by, read once: of thousands, each is compared a dozen times. */
interface Placed {
  readonly entry: Entry;
  readonly names: readonly string[];
  readonly rank: number;
  readonly startedAt: number;
  readonly ref: string;
}

type Names = (entry: Entry) => readonly string[];

const none: readonly string[] = [];
const names: Readonly<Record<SortOrder, Names>> = {
  attention: () => none,
  age: () => none,
  host: ({ memory: { host } }) => [host.name, host.id],
  vm: ({ watch }) => [watch.session.vm.name],
  user: ({ watch }) => [bareLogin(watch.session.vmLogin)],
};

function hostFirst(within: Names): Names {
  return (entry) => [...names.host(entry), ...within(entry)];
}

function placed(entry: Entry, namesOfIt: readonly string[], rank: number): Placed {
  const { ref, session } = entry.watch;
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
