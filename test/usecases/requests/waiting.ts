import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { DisconnectAnswer } from '../../../src/ports/bastion.ts';
import { aHost, aHostState, aRequest, aSession, aTrackedSession, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const { id: hostId } = aHost();
export const second = 1000;
/** Past what was read before the approval. */
export const start = noon + 2 * second;
export const { id, expiresAt } = aRequest();
export const busy: AzureFailure = { kind: 'busy' };
export const throttledUntil = (retryAt: number): AzureFailure => ({ kind: 'throttled', retryAt });

interface World {
  readonly ports: MemoryPorts;
  /** When Azure was asked to disconnect. */
  readonly calledAt: number[];
  /** Does nothing in the next calls, and says so; then it does what it is asked. */
  readonly refuse: (...failures: readonly AzureFailure[]) => void;
  /** What a reading comes to; undefined: it shows the session while that is open. */
  readonly unreadable: (failure: AzureFailure | undefined) => void;
}

/** A request that was approved at noon, for the one session that is open. */
export async function world(): Promise<World> {
  const ports = memoryPorts();
  const calledAt: number[] = [];
  const refusals: AzureFailure[] = [];
  let unread: AzureFailure | undefined;
  let isOpen = true;
  ports.time.now = start;
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession()] }));
  ports.bastion.answer(hostId, () =>
    unread ? { ok: false, failure: unread } : { ok: true, sessions: isOpen ? [aSession()] : [] },
  );
  ports.bastion.answerDisconnect((): DisconnectAnswer => {
    calledAt.push(ports.time.now);
    const failure = refusals.shift();
    if (failure) return { ok: false, failure, nothingDone: true };
    isOpen = false;
    return { ok: true, state: 'Disconnected' };
  });
  const request = aRequest({ state: { is: 'approved', by: 'U0BOSS', decidedAt: noon } });
  await ports.requests.open(request, auditOfRequest(request, noon));
  return {
    ports,
    calledAt,
    refuse: (...failures) => void refusals.push(...failures),
    unreadable: (failure) => {
      unread = failure;
    },
  };
}

export async function stateOf({ requests }: MemoryPorts): Promise<RequestState | undefined> {
  const request = await requests.get(id);
  return request?.state;
}

export const audited = ({ trail }: MemoryPorts) => trail.map(({ what }) => what.replace('disconnect-', ''));
