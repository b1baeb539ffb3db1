import { isLookDue } from '../../domain/requests/came-back.ts';
import type { Step } from '../../domain/requests/carry-out.ts';
import { decideStep } from '../../domain/requests/carry-out.ts';
import { withhold } from '../../domain/requests/withhold.ts';
import { isGone } from '../../domain/requests/gone.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isInWork } from '../../domain/requests/phases.ts';
import { expire } from '../../domain/requests/review.ts';
import { lapse, nextTryAt } from '../../domain/requests/waiting.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { pollHost } from '../hosts/poll-host.ts';
import { lookForReturn } from './look-for-return.ts';
import { overtaken } from './close-overtaken.ts';
import { saveRequest } from './save-request.ts';
import { saveWaiting, sendCall } from './send-call.ts';

type UsedPorts = Pick<Ports, 'clock' | 'pause' | 'policy' | 'requests'> &
  Needs<typeof lookForReturn> &
  Needs<typeof overtaken> &
  Needs<typeof pollHost> &
  Needs<typeof sendCall>;

/** Another replica reads the host: its reading will do. */
const askAgainMs = 200;
const freshForMs = 500;
/** A request whose next try is later is left to the sweep. */
const staysForMs = 5000;

/** Safe to run twice and to be cut off anywhere: every step stores what it is about to do; only who stored `sending` calls Azure. */
export async function advanceRequest(ports: UsedPorts, id: string): Promise<void> {
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

async function advance(ports: UsedPorts, request: DisconnectRequest): Promise<void> {
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
  const hostState = polled.is === 'unknown-host' ? undefined : polled.hostState;
  const step = decideStep(request, hostState, clock());
  if (step) await take(ports, request, { step, hostState });
}

/** Only a reading begun after the decision, or after the call, says anything about it. */
function readingWantedSince({ state }: DisconnectRequest, now: number): number {
  const happenedAt =
    state.is === 'sending' ? state.sentAt + 1 : state.is === 'approved' ? state.decidedAt : now;
  return Math.max(happenedAt, now - freshForMs);
}

async function take(
  ports: UsedPorts,
  request: DisconnectRequest,
  { step, hostState }: { readonly step: Step; readonly hostState: HostState | undefined },
): Promise<void> {
  const { clock, pause } = ports;
  switch (step.do) {
    case 'read-again':
      return pause(Math.max(0, step.at - clock()));
    case 'wait':
      return saveWaiting(ports, step.next);
    case 'settle':
      await saveRequest(ports, step.next, clock());
      return;
    case 'send':
      if (hostState) await sendCall(ports, { request, step, host: hostState.host });
  }
}
