import type { Alert } from '../../domain/alerts/alert.ts';
import { nextCrossing } from '../../domain/alerts/decide.ts';
import type { Judgement } from '../../domain/alerts/evaluate.ts';
import { judge } from '../../domain/alerts/evaluate.ts';
import { cardsOfAlert, cardsOfBlindness } from '../../domain/cards/of-subject.ts';
import { goneWatches, pastSessions } from '../../domain/history/past-session.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { HostMemory } from '../../domain/sessions/host-state.ts';
import type { Snapshot } from '../../domain/sessions/snapshot.ts';
import { withoutAlerts } from '../../domain/sessions/snapshot.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';

/** A reading younger than this serves whoever asks next. */
export const reusableForMs = 5000;
const doubtIsCheckedAfterMs = reusableForMs;

export type Concluded =
  { readonly is: 'read'; readonly memory: HostMemory } | { readonly is: 'unknown-host' };

/** Draws every conclusion from how a host looks, and stores them in one step. */
export async function conclude(
  ports: Ports,
  loaded: HostMemory,
  look: (memory: HostMemory) => Snapshot,
): Promise<Concluded> {
  const { blindnesses, clock, newId, policy, watches } = ports;
  let before: HostMemory | undefined = loaded;
  while (before) {
    const looked = look(before);
    if (looked.verdict === 'outdated') return { is: 'read', memory: before };
    const { known, expired } = await alertsOf(ports, looked);
    const snapshot = withoutAlerts(looked, expired);
    const { blindnessId } = before;
    const blindness = blindnessId === undefined ? undefined : await readable(blindnesses.get(blindnessId));
    const now = clock();
    const judgement = judge(snapshot, known, policy, now, newId, blindness);
    const isNews =
      judgement.alerts.length > 0 ||
      judgement.blindness !== undefined ||
      snapshot.memory !== before ||
      judgement.forgetHost;
    const kept = new Set(judgement.memory.watches.map(({ ref }) => ref));
    const open = await openRequests(ports, snapshot);
    const ended = pastSessions(before, snapshot, open, now);
    const also = { blindness: judgement.blindness, ended: ended.filter(({ ref }) => !kept.has(ref)) };
    const saved = !isNews
      ? 'saved'
      : judgement.forgetHost
        ? await watches.forget(before, judgement.memory, judgement.alerts, also)
        : await watches.save(before, judgement.memory, judgement.alerts, also);
    if (saved === 'saved') {
      await follow(ports, snapshot, judgement, now);
      await hintOvertaken(ports, [...open.values()]);
      return judgement.forgetHost ? { is: 'unknown-host' } : { is: 'read', memory: judgement.memory };
    }
    before = await watches.get(before.host.id);
  }
  return { is: 'unknown-host' };
}

/** The alerts of these sessions, and the ids of those that are kept no longer, unlike those that cannot be read. */
async function alertsOf(
  { alerts }: Ports,
  { sightings, memory }: Snapshot,
): Promise<{ readonly known: ReadonlyMap<string, Alert>; readonly expired: ReadonlySet<string> }> {
  const alerted = [...sightings.map(({ watch }) => watch), ...(memory.alertsToEnd ?? [])];
  const ids = alerted.flatMap(({ alertId, liftedAlertId }) => alertId ?? liftedAlertId ?? []);
  const found = ids.length > 0 ? await alerts.many(ids) : [];
  const known = new Map(found.map((alert) => [alert.id, alert]));
  const missing = ids.filter((id) => !known.has(id));
  const looked = await Promise.all(missing.map(async (id) => alerts.get(id).catch(asUnreadable)));
  return { known, expired: new Set(missing.filter((_, index) => looked[index] === undefined)) };
}

/** The request that each session which has ended has open, by its `ref`. */
async function openRequests(
  { requests }: Ports,
  snapshot: Snapshot,
): Promise<ReadonlyMap<string, DisconnectRequest>> {
  const open = await Promise.all(
    goneWatches(snapshot).map(async (watch) => [watch.ref, await readable(requests.openOf(watch))] as const),
  );
  return new Map(open.flatMap(([ref, request]) => (request ? [[ref, request] as const] : [])));
}

/** What nobody has decided is over with its session. */
async function hintOvertaken({ jobs }: Ports, open: readonly DisconnectRequest[]): Promise<void> {
  const pending = open.filter(isPending);
  if (pending.length > 0) await jobs.attend(pending.map(({ id }) => ({ kind: 'request', id })));
}

/** A record that cannot be read keeps nobody from concluding the rest. */
async function readable<Value>(found: Promise<Value>): Promise<Value | undefined> {
  const value = await found.catch(asUnreadable);
  return value instanceof UnreadableRecord ? undefined : value;
}

/** Hints to the worker, and the log; all of it may be lost. `now` is that of the judgement: what has not crossed by then still will. */
async function follow(
  { jobs, log, policy, turns }: Ports,
  { verdict }: Snapshot,
  { memory, alerts, blindness, decisions }: Judgement,
  now: number,
): Promise<void> {
  const host = memory.host.name;
  for (const { watch, decision } of decisions) {
    if (decision.do !== 'nothing')
      log.info({ host, ref: watch.ref, decision: decision.do }, 'decided on an alert');
  }
  if (verdict !== 'good')
    log.warn({ host, verdict, failure: memory.failing?.failure.kind }, 'could not rely on a reading');

  if (blindness) log.warn({ host, blindness: blindness.state.is }, 'decided on a host that cannot be read');

  const cards = [...alerts.flatMap(cardsOfAlert), ...(blindness ? cardsOfBlindness(blindness) : [])];
  if (cards.length > 0) await jobs.attend(cards.map((key) => ({ kind: 'card', key })));
  const retryAt = memory.failing?.failure.retryAt;
  if (retryAt !== undefined && retryAt > now)
    await turns.dueAt(memory.host.id, retryAt, policy.polling.everyMs);
  if (verdict === 'doubtful') await jobs.pollAt(memory.host.id, now + doubtIsCheckedAfterMs);
  const crossesAt = nextCrossing(memory, policy, now, now + 2 * policy.polling.everyMs);
  if (crossesAt !== undefined) await jobs.pollAt(memory.host.id, crossesAt);
}
