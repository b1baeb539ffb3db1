import type { Policy } from '../policy/policy.ts';
import { likeness } from '../sessions/alike.ts';
import type { SessionFilter } from '../sessions/filter.ts';
import type { HostMemory } from '../sessions/host-state.ts';
import type { ListQuery } from '../sessions/list.ts';
import { attentionIn, entriesOf, matchingEntries, pageOf } from '../sessions/list.ts';
import type { Entry, SessionRow } from '../sessions/row.ts';
import { rowOf } from '../sessions/row.ts';
import { batchSize } from './batch.ts';

/** What somebody picks sessions from who wants to end several at once. */
export interface SessionPick {
  /** Those picked so far, whatever the filter and the page; more than `batchSize` cannot be asked for. */
  readonly picked: readonly SessionRow[];
  /** How many that were picked are over meanwhile, or their host is no longer known. */
  readonly over: number;
  /** One page of the others that the filter leaves; none while too many are picked. */
  readonly rows: readonly SessionRow[];
  readonly page: number;
  readonly pages: number;
  /** How many others the filter leaves, on all pages. */
  readonly matching: number;
  readonly filter: SessionFilter;
  readonly now: number;
}

/** As many as may be picked, so that one page can be taken whole. */
const picksPerPage = batchSize;

/** A session without an id is not among them: Azure could not be told which one to end. */
export function listPicks(
  memories: readonly HostMemory[],
  policy: Policy,
  { filter, page: wantedPage }: ListQuery,
  pickedRefs: readonly string[],
  now: number,
): SessionPick {
  const all = entriesOf(memories).filter(({ watch }) => watch.session.sessionId !== '');
  const refs = new Set(pickedRefs);
  const picked = all.filter(({ watch }) => refs.has(watch.ref));
  const others = matchingEntries(all, filter, { attentionTo: attentionIn(all, policy, now), now }).filter(
    ({ watch }) => !refs.has(watch.ref),
  );
  const offered = picked.length > batchSize ? [] : others;
  const { page, pages, shown } = pageOf(offered, wantedPage, picksPerPage);
  const row = (entry: Entry) => rowOf(entry, policy, now);
  return {
    picked: picked.map(row),
    over: refs.size - picked.length,
    rows: shown.map(row),
    page,
    pages,
    matching: others.length,
    filter,
    now,
  };
}

/** The session with this ref and those that are probably left over with it; as many as can be asked for. */
export function refsAlike(memories: readonly HostMemory[], ref: string): readonly string[] {
  const all = entriesOf(memories);
  const first = all.find(({ watch }) => watch.ref === ref);
  const key = first && likeness(first.watch.session);
  if (key === undefined) return [ref];
  return all
    .filter(({ watch }) => likeness(watch.session) === key)
    .map(({ watch }) => watch.ref)
    .slice(0, batchSize);
}
