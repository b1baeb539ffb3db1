import type { HistoryList, HistoryQuery } from '../../domain/history/list.ts';
import { listHistory } from '../../domain/history/list.ts';
import { withoutFoundAgain } from '../../domain/history/past-session.ts';
import { refsOf } from '../../domain/sessions/host-state.ts';
import { knownZone } from '../../domain/kit/time-zone.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';

type UsedPorts = Pick<Ports, 'clock' | 'history' | 'hostStates' | 'people' | 'policy'> &
  Needs<typeof authorize>;

export type HistoryOutcome =
  | { readonly is: 'listed'; readonly list: HistoryList }
  | { readonly is: 'denied'; readonly denied: AccessDenied };

/** Quick to read, and more than anybody looks through; a filter sees no more than these either. */
const readAtMost = 5000;
const dayMs = 86_400_000;

export async function showHistory(
  ports: UsedPorts,
  { by, query }: { readonly by: Person; readonly query: HistoryQuery },
): Promise<HistoryOutcome> {
  const { clock, history, people, policy, hostStates } = ports;
  const access = await authorize(ports, by, { right: 'view' });
  if (!access.allowed) return { is: 'denied', denied: access };
  const now = clock();
  const sinceMs = Math.min(query.sinceMs, policy.historyDays * dayMs);
  const since = now - sinceMs;
  const [read, lookup, states] = await Promise.all([
    history.closedSince(since, readAtMost + 1),
    people.person(by.id, 'showing'),
    hostStates.all(),
  ]);
  const isCut = read.length > readAtMost;
  const past = withoutFoundAgain(read.slice(0, readAtMost), refsOf(states));
  const timeZone = knownZone(lookup.ok ? lookup.value.timeZone : undefined);
  const from = isCut ? (past.at(-1)?.closedAt ?? since) : since;
  const frame = { since: from, isCut, timeZone, now };
  return { is: 'listed', list: listHistory(past, { ...query, sinceMs }, frame) };
}
