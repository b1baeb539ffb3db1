import { afterNothingDone, afterTaken } from '../../domain/requests/answer.ts';
import { isLookDue } from '../../domain/requests/came-back.ts';
import type { Step } from '../../domain/requests/carry-out.ts';
import { decideStep, withhold } from '../../domain/requests/carry-out.ts';
import { isGone } from '../../domain/requests/gone.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isInWork, isSaid } from '../../domain/requests/phases.ts';
import { expire } from '../../domain/requests/review.ts';
import { lapse, nextTryAt, waitForSlack } from '../../domain/requests/waiting.ts';
import type { HostMemory } from '../../domain/sessions/host-state.ts';
import type { Ports } from '../../ports/ports.ts';
import { holdWhere } from '../hosts/hold-where.ts';
import { pollHost } from '../hosts/poll-host.ts';
import { lookForReturn } from './look-for-return.ts';
import { overtaken } from './close-overtaken.ts';
import { saveRequest } from './save-request.ts';
import { stillAllowed } from './still-allowed.ts';

/** Another replica reads the host: its reading will do. */
const askAgainMs = 200;
const freshForMs = 500;
/** A process that was held up for longer after its step leaves the call to whoever comes next. */
const callsWithinMs = 5000;
/** An answer of Slack's that takes longer makes the reading before it an old one. */
const asksWithinMs = 2000;
/** A request whose next try is later is left to the sweep. */
const staysForMs = 5000;

/**
 * Sees a request through: expires it, or carries it out, proves it, and looks who comes back. Safe to run twice at once and to be cut off
 * anywhere: every step stores what it is about to do, and only who stored `sending` calls Azure.
 */
export async function attendRequest(ports: Ports, id: string): Promise<void> {
  for (;;) {
    const request = await ports.requests.get(id);
    if (!request) return;
    const now = ports.clock();
    if (isGone(request) && isLookDue(request, now)) {
      if ((await lookForReturn(ports, request)) === 'busy') await ports.pause(askAgainMs);
      continue;
    }
    const over = expire(request, now) ?? lapse(request, now) ?? (await overtaken(ports, request));
    const restMs = (nextTryAt(request) ?? 0) - now;
    if (over) await saveRequest(ports, over, now);
    else if (!isInWork(request) || restMs > staysForMs) return;
    else if (restMs > 0) await ports.pause(restMs);
    else await advance(ports, request);
  }
}

async function advance(ports: Ports, request: DisconnectRequest): Promise<void> {
  const { clock, pause, policy } = ports;
  if (policy.disconnect.approval === 'off' && request.state.is === 'approved') {
    await saveRequest(ports, withhold(request, { is: 'switched-off' }, clock()), clock());
    return;
  }
  const polled = await pollHost(ports, request.session.hostId, {
    freshSince: readingWantedSince(request, clock()),
    haste: 'waiting',
  });
  if (polled.is === 'busy') return pause(askAgainMs);
  const memory = polled.is === 'unknown-host' ? undefined : polled.memory;
  const step = decideStep(request, memory, clock());
  if (step) await take(ports, request, step, memory);
}

/** Only a reading begun after the decision, or after the call, says anything about it. */
function readingWantedSince({ state }: DisconnectRequest, now: number): number {
  const happenedAt =
    state.is === 'sending' ? state.sentAt + 1 : state.is === 'approved' ? state.decidedAt : now;
  return Math.max(happenedAt, now - freshForMs);
}

async function take(
  ports: Ports,
  request: DisconnectRequest,
  step: Step,
  memory: HostMemory | undefined,
): Promise<void> {
  const { clock, pause } = ports;
  switch (step.do) {
    case 'read-again':
      return pause(Math.max(0, step.at - clock()));
    case 'wait':
      return wait(ports, step.next);
    case 'settle':
      await saveRequest(ports, step.next, clock());
      return;
    case 'send':
      if (memory) await send(ports, request, step, memory);
  }
}

async function wait(ports: Ports, next: DisconnectRequest): Promise<void> {
  await (isSaid(next) ? ports.requests.postpone(next) : saveRequest(ports, next, ports.clock()));
}

async function send(
  ports: Ports,
  request: DisconnectRequest,
  { next, sessionIds }: Extract<Step, { do: 'send' }>,
  { host }: HostMemory,
): Promise<void> {
  const { bastion, clock, holds, log, policy, requests } = ports;
  const { maxPerHour } = policy.disconnect;
  if (!(await isStillAllowed(ports, request))) return;
  if (request.state.is === 'approved' && !(await requests.takeSlot(request.id, maxPerHour, clock()))) {
    const withheld = withhold(request, { is: 'hourly-limit', maxPerHour }, clock());
    await saveRequest(ports, withheld, clock());
    return;
  }
  if (!(await saveRequest(ports, next, clock()))) return;
  if (next.state.is === 'sending' && clock() - next.state.sentAt > callsWithinMs) return;
  const answer = await bastion.disconnect(host, sessionIds);
  log.info(
    {
      requestId: request.id,
      sessions: sessionIds.length,
      answer: answer.ok ? answer.state : answer.failure.kind,
    },
    'asked Azure to disconnect',
  );
  const call = { before: request, sent: { ...next, version: next.version + 1 } };
  const after =
    !answer.ok && answer.nothingDone ? afterNothingDone(call, answer.failure, clock()) : afterTaken(call);
  const isSaved = after !== undefined && (await saveAfterCall(ports, call.sent, after));
  if (!answer.ok) await holdWhere(holds, host, answer.failure, clock());
  if (isSaved && after.state.is === 'approved') await requests.freeSlot(request.id);
}

/** Before the first call; where it is not allowed any more, or nobody can say, the request says so. */
async function isStillAllowed(ports: Ports, { state, ...request }: DisconnectRequest): Promise<boolean> {
  if (state.is !== 'approved') return true;
  const approved = { ...request, state };
  const askedAt = ports.clock();
  const allowed = await stillAllowed(ports, approved, state);
  const now = ports.clock();
  switch (allowed.is) {
    case 'yes':
      // The session was read before: after a slow answer it is read again first.
      return now - askedAt <= asksWithinMs;
    case 'no':
      await saveRequest(ports, withhold(approved, allowed.why, now), now);
      return false;
    case 'unknown':
      await wait(ports, waitForSlack(approved, allowed.missingScope, now));
      return false;
  }
}

/** Stores what the call came to. What was found out about the session meanwhile stands beside it. */
async function saveAfterCall(
  ports: Ports,
  sent: DisconnectRequest,
  after: DisconnectRequest,
): Promise<boolean> {
  let next: DisconnectRequest | undefined = after;
  while (next) {
    if (await saveRequest(ports, next, ports.clock())) return true;
    const latest = await ports.requests.get(after.id);
    const isStill = latest !== undefined && isSameCall(latest, sent);
    next = isStill ? { ...after, ...known(latest) } : undefined;
  }
  return false;
}

/** What was found out about its sessions. */
function known({ version, session, others }: DisconnectRequest) {
  return { version, session, ...(others && { others }) };
}

function isSameCall({ state }: DisconnectRequest, { state: sent }: DisconnectRequest): boolean {
  return state.is === 'sending' && sent.is === 'sending' && state.sentAt === sent.sentAt;
}
