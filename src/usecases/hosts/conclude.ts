import type { Alert } from '../../domain/alerts/alert.ts';
import type { Evaluation } from '../../domain/alerts/evaluate.ts';
import { evaluate } from '../../domain/alerts/evaluate.ts';
import { cardsOfAlert, cardsOfSilence } from '../../domain/cards/of-subject.ts';
import { goneSessions, pastSessions } from '../../domain/history/past-session.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import { nextDueAt } from '../../domain/sessions/limits.ts';
import type { Snapshot } from '../../domain/sessions/snapshot.ts';
import { withoutAlerts } from '../../domain/sessions/snapshot.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';

type UsedPorts = Pick<
  Ports,
  'alerts' | 'clock' | 'hostStates' | 'jobs' | 'log' | 'newId' | 'policy' | 'requests' | 'silences' | 'turns'
>;

/** A reading younger than this serves the next question. */
export const reusableForMs = 5000;
const doubtIsCheckedAfterMs = reusableForMs;

export type Concluded =
  { readonly is: 'read'; readonly hostState: HostState } | { readonly is: 'unknown-host' };

/** Draws every conclusion from how a host looks, and stores them in one step. */
export async function conclude(
  ports: UsedPorts,
  loaded: HostState,
  look: (hostState: HostState) => Snapshot,
): Promise<Concluded> {
  const { silences, clock, newId, policy, hostStates } = ports;
  let before: HostState | undefined = loaded;
  while (before) {
    const looked = look(before);
    if (looked.verdict === 'outdated') return { is: 'read', hostState: before };
    const { known, expired } = await alertsOf(ports, looked);
    const snapshot = withoutAlerts(looked, expired);
    const { silenceId } = before;
    const silence = silenceId === undefined ? undefined : await readable(silences.get(silenceId));
    const now = clock();
    const evaluation = evaluate(snapshot, { alerts: known, silence }, { policy, now, newId });
    const isNews =
      evaluation.alerts.length > 0 ||
      evaluation.silence !== undefined ||
      snapshot.hostState !== before ||
      evaluation.forgetHost;
    const kept = new Set(evaluation.hostState.trackedSessions.map(({ ref }) => ref));
    const open = await openRequests(ports, snapshot);
    const ended = pastSessions(before, snapshot, { open, now });
    const also = { silence: evaluation.silence, ended: ended.filter(({ ref }) => !kept.has(ref)) };
    const saved = !isNews
      ? 'saved'
      : evaluation.forgetHost
        ? await hostStates.forget(before, evaluation.hostState, evaluation.alerts, also)
        : await hostStates.save(before, evaluation.hostState, evaluation.alerts, also);
    if (saved === 'saved') {
      await follow(ports, snapshot, { evaluation, now });
      await hintOvertaken(ports, [...open.values()]);
      return evaluation.forgetHost ? { is: 'unknown-host' } : { is: 'read', hostState: evaluation.hostState };
    }
    before = await hostStates.get(before.host.id);
  }
  return { is: 'unknown-host' };
}

/** The alerts of these sessions, and the ids of those that are kept no longer, unlike those that cannot be read. */
async function alertsOf(
  { alerts }: UsedPorts,
  { sightings, hostState }: Snapshot,
): Promise<{ readonly known: ReadonlyMap<string, Alert>; readonly expired: ReadonlySet<string> }> {
  const alerted = [...sightings.map(({ tracked }) => tracked), ...(hostState.alertsToEnd ?? [])];
  const ids = alerted.flatMap(({ alertId, liftedAlertId }) => alertId ?? liftedAlertId ?? []);
  const found = ids.length > 0 ? await alerts.many(ids) : [];
  const known = new Map(found.map((alert) => [alert.id, alert]));
  const missing = ids.filter((id) => !known.has(id));
  const looked = await Promise.all(missing.map(async (id) => alerts.get(id).catch(asUnreadable)));
  return { known, expired: new Set(missing.filter((_, index) => looked[index] === undefined)) };
}

async function openRequests(
  { requests }: UsedPorts,
  snapshot: Snapshot,
): Promise<ReadonlyMap<string, DisconnectRequest>> {
  const open = await Promise.all(
    goneSessions(snapshot).map(
      async (tracked) => [tracked.ref, await readable(requests.openOf(tracked))] as const,
    ),
  );
  return new Map(open.flatMap(([ref, request]) => (request ? [[ref, request] as const] : [])));
}

async function hintOvertaken({ jobs }: UsedPorts, open: readonly DisconnectRequest[]): Promise<void> {
  const pending = open.filter(isPending);
  if (pending.length > 0) await jobs.enqueue(pending.map(({ id }) => ({ kind: 'request', id })));
}

/** A record that cannot be read keeps nobody from concluding the rest. */
async function readable<Value>(found: Promise<Value>): Promise<Value | undefined> {
  const value = await found.catch(asUnreadable);
  return value instanceof UnreadableRecord ? undefined : value;
}

/** Hints to the worker, and the log; all of it may be lost. `now` is that of the evaluation: what is not due by then still will be. */
async function follow(
  { jobs, log, policy, turns }: UsedPorts,
  { verdict }: Snapshot,
  {
    evaluation: { hostState, alerts, silence, decisions },
    now,
  }: { readonly evaluation: Evaluation; readonly now: number },
): Promise<void> {
  const host = hostState.host.name;
  for (const { tracked, decision } of decisions) {
    if (decision.do !== 'nothing')
      log.info({ host, ref: tracked.ref, decision: decision.do }, 'decided on an alert');
  }
  if (verdict !== 'good')
    log.warn({ host, verdict, failure: hostState.failing?.failure.kind }, 'could not rely on a reading');

  if (silence) log.warn({ host, silence: silence.state.is }, 'decided on a host that cannot be read');

  const cards = [...alerts.flatMap(cardsOfAlert), ...(silence ? cardsOfSilence(silence) : [])];
  if (cards.length > 0) await jobs.enqueue(cards.map((key) => ({ kind: 'card', key })));
  const retryAt = hostState.failing?.failure.retryAt;
  if (retryAt !== undefined && retryAt > now)
    await turns.dueAt(hostState.host.id, retryAt, policy.polling.everyMs);
  if (verdict === 'doubtful') await jobs.pollAt(hostState.host.id, now + doubtIsCheckedAfterMs);
  const dueAt = nextDueAt(hostState, { policy, now }, now + 2 * policy.polling.everyMs);
  if (dueAt !== undefined) await jobs.pollAt(hostState.host.id, dueAt);
}
