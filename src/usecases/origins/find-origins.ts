import type { PastSession } from '../../domain/history/past-session.ts';
import { grouped } from '../../domain/kit/grouped.ts';
import { originsOn } from '../../domain/origins/origins.ts';
import type { Origins } from '../../domain/origins/origins.ts';
import { decideAsking, lookEveryMs, shortestLookMs } from '../../domain/origins/asking.ts';
import type { Asking, LogProblem, LogStanding } from '../../domain/origins/log-standing.ts';
import { standingAfter } from '../../domain/origins/log-standing.ts';
import { isYoung, wantedOpen } from '../../domain/origins/wanted.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import { isUnreadable, refsOf } from '../../domain/sessions/host-state.ts';
import type { Origin } from '../../domain/sessions/origin.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable } from '../../ports/unreadable-record.ts';
import type { Answered } from './ask-log.ts';
import { askInTurn, askLog } from './ask-log.ts';
import { completeHistory, justEnded, wantedPast } from './complete-history.ts';
import { keepOrigins } from './keep-origins.ts';
import { passOnOrigins } from './pass-on-origins.ts';

type UsedPorts = Pick<
  Ports,
  | 'alerts'
  | 'clock'
  | 'connectionLog'
  | 'history'
  | 'jobs'
  | 'log'
  | 'logAsks'
  | 'policy'
  | 'requests'
  | 'hostStates'
>;

/** Cut off anywhere, the next run goes on from there. */
export async function findOrigins(ports: UsedPorts): Promise<void> {
  const { clock, connectionLog, logAsks, policy, hostStates } = ports;
  const { everyMs } = policy.polling;
  const [begunAt, lookMs] = [clock(), lookEveryMs(everyMs)];
  const last = await logAsks.last();
  if (!(await logAsks.takeTurn(last ? lookMs : shortestLookMs))) return;
  if (!connectionLog.isSet) {
    const asked = { asked: 'all', hostsRead: 0, now: clock() } as const;
    return logAsks.note(standingAfter(last, { is: 'not-set' }, asked));
  }

  const states = (await hostStates.all()).filter((hostState) => !isUnreadable(hostState));
  // The first question is for all sessions, once they are known.
  if (!last && (states.length === 0 || states.some(isUnread))) return;
  // A process may have died between the sessions and their requests.
  await passOnOrigins(ports, knownOrigins(states));
  const past = await justEnded(ports);
  const wanted = [...wantedOpen(states, clock()), ...wantedPast(past, refsOf(states), clock())];
  const young = wanted.filter((one) => isYoung(one, clock()));
  const hostsRead = states.filter(({ readAt }) => readAt !== undefined).length;
  const asked = decideAsking(last, { isUrgent: young.length > 0, hostsRead, everyMs }, clock());
  if (asked === undefined) return;

  const of = asked === 'all' ? wanted : young;
  const told = of.length > 0 ? await askLog(ports, of) : [await probe(ports, states)];
  await noteStanding(ports, last, { asked, hostsRead, told });
  await keep(ports, { states, past }, told);
  const goesOn = told.some(({ answer }) => answer.unasked && answer.covered.length > 0);
  const restMs = goesOn ? 0 : lookMs - Math.max(0, clock() - begunAt);
  await logAsks.keepTurn(Math.max(1, restMs));
}

function isUnread({ failing, readAt }: HostState): boolean {
  return readAt === undefined && failing === undefined;
}

function knownOrigins(states: readonly HostState[]): Origins {
  const known = states.flatMap(({ trackedSessions }) =>
    trackedSessions.filter(({ session }) => session.origin),
  );
  return new Map(known.map(({ ref, session }) => [ref, session.origin]));
}

const probedMs = 15 * 60_000;

/** So that what is wrong with the log is known before anybody connects. */
async function probe(ports: UsedPorts, states: readonly HostState[]): Promise<Answered> {
  const now = ports.clock();
  const periods = [{ from: now - probedMs, until: now }];
  const hostIds = states.map(({ host }) => host.id);
  return { wanted: [], answer: await askInTurn(ports, { hostIds, periods }) };
}

async function noteStanding(
  { clock, log, logAsks }: UsedPorts,
  last: LogStanding | undefined,
  { told, ...by }: { readonly asked: Asking; readonly hostsRead: number; readonly told: readonly Answered[] },
): Promise<void> {
  const before = last?.trouble?.problem;
  const found = told.map(({ answer }) => answer.problem).find((one): one is LogProblem => one !== undefined);
  // Without a row nobody sees whether it has its columns by now.
  const isEmpty = told.every(({ answer }) => answer.connections.length === 0);
  const isKept =
    (isEmpty && before?.is === 'no-columns') || (by.asked === 'young' && before?.is === 'too-many');
  const problem = found ?? (isKept ? before : undefined);
  // What is left comes with the next look.
  const isAll = by.asked === 'all' && told.every(({ answer }) => answer.unasked === undefined);
  const asked = isAll ? 'all' : 'young';
  const standing = standingAfter(last, problem, { ...by, asked, now: clock() });
  if (problem && standing.trouble?.since !== last?.trouble?.since) {
    log.warn({ problem: problem.is }, 'the audit log does not tell who is behind sessions');
  } else if (!problem && last?.trouble) log.info({}, 'the audit log tells who is behind sessions again');
  await logAsks.note(standing);
}

async function keep(
  ports: UsedPorts,
  { states, past }: { readonly states: readonly HostState[]; readonly past: readonly PastSession[] },
  told: readonly Answered[],
): Promise<void> {
  const hostStateOf = new Map(states.map((hostState) => [hostState.host.id, hostState]));
  const sessions = [...states.flatMap(({ trackedSessions }) => trackedSessions), ...past];
  const onHost = grouped(sessions, ({ session }) => session.hostId);
  const now = ports.clock();
  for (const { wanted, answer } of told) {
    const connections = grouped(answer.connections, ({ hostId }) => hostId);
    const wantedOn = grouped(wanted, ({ session }) => session.hostId);
    const all = new Map<string, Origin | undefined>();
    for (const hostId of answer.covered) {
      const some = wantedOn.get(hostId) ?? [];
      const ids = new Set(onHost.get(hostId)?.map(({ session }) => session.sessionId.toLowerCase()));
      const origins = originsOn(some, connections.get(hostId) ?? [], { ids, now });
      for (const [ref, origin] of origins) all.set(ref, origin);
      const hostState = hostStateOf.get(hostId);
      if (hostState) await keepOrigins(ports, hostState, origins).catch(asUnreadable);
    }
    await passOnOrigins(ports, all);
    await completeHistory(ports, past, all);
  }
}
