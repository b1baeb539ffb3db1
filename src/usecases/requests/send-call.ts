import { afterNothingDone, afterTaken } from '../../domain/requests/answer.ts';
import type { Step } from '../../domain/requests/carry-out.ts';
import { withhold } from '../../domain/requests/withhold.ts';
import type { BastionHost } from '../../domain/hosts/host.ts';
import { isSaid } from '../../domain/requests/phases.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { waitForSlack } from '../../domain/requests/waiting.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { holdWhere } from '../hosts/hold-where.ts';
import { saveRequest } from './save-request.ts';
import { stillAllowed } from './still-allowed.ts';

type UsedPorts = Pick<Ports, 'bastion' | 'clock' | 'holds' | 'log' | 'policy' | 'requests'> &
  Needs<typeof saveRequest> &
  Needs<typeof stillAllowed>;

/** A process that was held up for longer after its step leaves the call to the next job. */
const callsWithinMs = 5000;
/** An answer of Slack's that takes longer makes the reading before it an old one. */
const asksWithinMs = 2000;

interface Sendable {
  readonly request: DisconnectRequest;
  readonly step: Extract<Step, { do: 'send' }>;
  readonly host: BastionHost;
}

export async function sendCall(
  ports: UsedPorts,
  { request, step: { next, sessionIds }, host }: Sendable,
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
  if (!answer.ok) await holdWhere(holds, host, { failure: answer.failure, now: clock() });
  if (isSaved && after.state.is === 'approved') await requests.freeSlot(request.id);
}

/** Before each call: who stored the one before may have died since, and have been started under another policy. */
async function isStillAllowed(ports: UsedPorts, request: DisconnectRequest): Promise<boolean> {
  const { state } = request;
  if (state.is !== 'approved' && state.is !== 'sending') return false;
  const askedAt = ports.clock();
  const allowed = await stillAllowed(ports, request, state);
  const now = ports.clock();
  switch (allowed.is) {
    case 'yes':
      // The session was read before: after a slow answer it is read again first.
      return now - askedAt <= asksWithinMs;
    case 'no':
      await saveRequest(ports, withhold(request, allowed.why, now), now);
      return false;
    case 'unknown': {
      const next =
        state.is === 'approved'
          ? waitForSlack({ ...request, state }, allowed.missingScope, now)
          : withhold(request, { is: 'right-unknown' }, now);
      await saveWaiting(ports, next);
      return false;
    }
  }
}

/** Where the last try brought nothing new, nobody is told. */
export async function saveWaiting(ports: UsedPorts, next: DisconnectRequest): Promise<void> {
  await (isSaid(next) ? ports.requests.postpone(next) : saveRequest(ports, next, ports.clock()));
}

/** Stores what the call came to. What was found out about the session meanwhile stands beside it. */
async function saveAfterCall(
  ports: UsedPorts,
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

function known({ version, session, others }: DisconnectRequest) {
  return { version, session, ...(others && { others }) };
}

function isSameCall({ state }: DisconnectRequest, { state: sent }: DisconnectRequest): boolean {
  return state.is === 'sending' && sent.is === 'sending' && state.sentAt === sent.sentAt;
}
