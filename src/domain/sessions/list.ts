import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { DiscoveryProblem } from '../hosts/host.ts';
import { troubleOf } from '../hosts/host.ts';
import type { Policy, PolicyNow } from '../policy/policy.ts';
import { bestKnown, foldAlike } from './alike.ts';
import type { Attention } from './limits.ts';
import type { SessionFilter } from './filter.ts';
import { filterTest } from './filter.ts';
import { isStale } from './freshness.ts';
import type { HostState } from './host-state.ts';
import type { SessionOnHost } from './host-state.ts';
import type { SessionRow } from './row.ts';
import { entryAttention, rowOf } from './row.ts';
import { sortEntries } from './sort.ts';

/** One page of the sessions over all hosts, with what was not read: silence is never shown as "no sessions". */
export interface SessionList {
  readonly rows: readonly ListedRow[];
  readonly page: number;
  readonly pages: number;
  readonly sessions: number;
  readonly overLimit: number;
  readonly filter: SessionFilter;
  /** How many sessions the filter leaves, on all pages. */
  readonly matching: number;
  readonly hosts: readonly HostLine[];
  /** Whether discovery has run at all: before, "no hosts" means nothing. */
  readonly isDiscovered: boolean;
  readonly problems: readonly DiscoveryProblem[];
  readonly now: number;
}

export interface ListedRow extends SessionRow {
  /** How many sessions that are alike it stands for; it shows the one of which is best known who is behind it. */
  readonly count: number;
  readonly onHost: number;
}

export interface HostLine {
  readonly name: string;
  readonly sessions: number;
  readonly readAt?: number;
  readonly failing?: { readonly since: number; readonly failure: AzureFailure };
  /** The last good reading is too old to be taken for how things are. */
  readonly isStale: boolean;
  /** What Azure last said of the host, where it is not as it should be: `Updating`, `Failed`, … */
  readonly provisioningState?: string;
}

/** What somebody looks at: pages count from 0, and one that does not exist any more is the last one. */
export interface ListQuery {
  readonly filter: SessionFilter;
  readonly page: number;
}

/** As many as a message holds, whatever they are called. */
export const rowsPerPage = 10;

export function listSessions(
  {
    states,
    discovery,
  }: {
    readonly states: readonly HostState[];
    readonly discovery: { readonly problems: readonly DiscoveryProblem[] } | undefined;
  },
  { filter, page: wantedPage }: ListQuery,
  { policy, now }: PolicyNow,
): SessionList {
  const all = entriesOf(states);
  const attentionTo = attentionIn(all, policy, now);
  const matching = matchingEntries(all, filter, { attentionTo, now });
  const folded = foldAlike(matching, ({ tracked }) => tracked.session);
  const { page, pages, shown } = pageOf(folded, wantedPage, rowsPerPage);
  return {
    rows: shown.map((alike) => ({
      ...rowOf(
        bestKnown(alike, ({ tracked }) => tracked.session),
        policy,
        now,
      ),
      count: alike.length,
      onHost: matching.filter(({ hostState }) => hostState === alike[0].hostState).length,
    })),
    page,
    pages,
    sessions: all.length,
    overLimit: all.filter((entry) => attentionTo(entry) === 'over-limit').length,
    filter,
    matching: matching.length,
    hosts: states
      .map((hostState) => hostLine(hostState, policy, now))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)),
    isDiscovered: discovery !== undefined,
    problems: discovery?.problems ?? [],
    now,
  };
}

export function entriesOf(states: readonly HostState[]): readonly SessionOnHost[] {
  return states.flatMap((hostState) => hostState.trackedSessions.map((tracked) => ({ tracked, hostState })));
}

export function matchingEntries(
  entries: readonly SessionOnHost[],
  filter: SessionFilter,
  { attentionTo, now }: { readonly attentionTo: (entry: SessionOnHost) => Attention; readonly now: number },
): readonly SessionOnHost[] {
  const fits = filterTest(filter, now);
  const left = entries.filter(({ tracked, hostState }) => fits(tracked.session, hostState.host));
  return sortEntries(left, filter, attentionTo);
}

/** Of thousands of sessions, each meets the rules once. */
export function attentionIn(
  entries: readonly SessionOnHost[],
  policy: Policy,
  now: number,
): (entry: SessionOnHost) => Attention {
  const known = new Map(entries.map((entry) => [entry, entryAttention(entry, policy, now)]));
  return (entry) => known.get(entry) ?? 'none';
}

export function pageOf<Item>(items: readonly Item[], wantedPage: number, perPage: number) {
  const pages = Math.max(1, Math.ceil(items.length / perPage));
  const page = Math.min(Math.max(0, Math.trunc(wantedPage)), pages - 1);
  return { page, pages, shown: items.slice(page * perPage, (page + 1) * perPage) };
}

export function hostLine(
  { host, trackedSessions, readAt, failing }: HostState,
  { polling }: Policy,
  now: number,
): HostLine {
  const trouble = troubleOf(host);
  return {
    name: host.name,
    sessions: trackedSessions.length,
    ...(readAt !== undefined && { readAt }),
    ...(failing && { failing }),
    isStale: isStale(readAt, polling.everyMs, now),
    ...(trouble !== undefined && { provisioningState: trouble }),
  };
}
