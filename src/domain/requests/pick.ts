import type { PolicyNow } from '../policy/policy.ts';
import { foldAlike } from '../sessions/alike.ts';
import type { SessionFilter } from '../sessions/filter.ts';
import type { HostState } from '../sessions/host-state.ts';
import type { ListQuery } from '../sessions/list.ts';
import { attentionIn, entriesOf, matchingEntries, pageOf } from '../sessions/list.ts';
import type { SessionOnHost } from '../sessions/host-state.ts';
import type { SessionRow } from '../sessions/row.ts';
import { rowOf } from '../sessions/row.ts';
import { canBeEnded } from '../sessions/session.ts';
import { batchSize } from './batch.ts';

export interface PickRow extends SessionRow {
  /** How many sessions of one tunnel it stands for. */
  readonly count: number;
}

export interface SessionPick {
  /** Those picked so far, whatever the filter and the page; more than `batchSize` cannot be asked for. */
  readonly picked: readonly PickRow[];
  /** How many that were picked are over meanwhile, or their host is no longer known. */
  readonly over: number;
  /** One page of the others that the filter leaves; none while too many are picked. */
  readonly rows: readonly PickRow[];
  readonly page: number;
  readonly pages: number;
  readonly matching: number;
  readonly filter: SessionFilter;
  readonly now: number;
}

/** As many as may be picked, so that one page can be taken whole. */
const picksPerPage = batchSize;

/** A session without an id is not among them: Azure could not be told which one to end. */
export function listPicks(
  states: readonly HostState[],
  {
    query: { filter, page: wantedPage },
    pickedRefs,
  }: { readonly query: ListQuery; readonly pickedRefs: readonly string[] },
  { policy, now }: PolicyNow,
): SessionPick {
  const named = entriesOf(states).filter(({ tracked }) => canBeEnded(tracked.session));
  const tunnels = foldAlike(named, ({ tracked }) => tracked.session);
  const tunnelOf = new Map(tunnels.flatMap((tunnel) => tunnel.map((entry) => [entry, tunnel] as const)));
  const refs = new Set(pickedRefs);
  const isPicked = (tunnel: readonly SessionOnHost[]) => tunnel.some(({ tracked }) => refs.has(tracked.ref));
  const picked = tunnels.filter(isPicked).map(([first]) => first);
  const found = named.filter(({ tracked }) => refs.has(tracked.ref)).length;
  const matching = matchingEntries(named, filter, { attentionTo: attentionIn(named, policy, now), now });
  const others = foldAlike(matching, ({ tracked }) => tracked.session)
    .map(([first]) => first)
    .filter((entry) => !isPicked(tunnelOf.get(entry) ?? []));
  const offered = picked.length > batchSize ? [] : others;
  const { page, pages, shown } = pageOf(offered, wantedPage, picksPerPage);
  const row = (entry: SessionOnHost): PickRow => ({
    ...rowOf(entry, policy, now),
    count: tunnelOf.get(entry)?.length ?? 1,
  });
  return {
    picked: picked.map(row),
    over: refs.size - found,
    rows: shown.map(row),
    page,
    pages,
    matching: others.length,
    filter,
    now,
  };
}
