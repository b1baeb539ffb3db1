import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { aHost, aHostState, aRequest, aSession, aTrackedSession, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

export const { id: hostId } = aHost();
export const second = 1000;
export const approved = { is: 'approved', by: 'U0BOSS', decidedAt: noon } as const satisfies RequestState;
export const id = aRequest().id;

interface World {
  readonly ports: MemoryPorts;
  /** The sessions that are open in Azure; a disconnect ends them. */
  readonly open: Map<string, Session>;
}

/** A decided request for the session of `aSession`, which is open. */
export async function world(
  state: RequestState = approved,
  overrides: Partial<MemoryPorts> = {},
): Promise<World> {
  const ports = memoryPorts(overrides);
  const bystander = aSession({ sessionId: 'session-2' });
  const open = new Map([aSession(), bystander].map((session) => [session.sessionId, session]));
  const trackedSessions = [aTrackedSession(), aTrackedSession({ ref: 'ref-2', session: bystander })];
  await remember(ports, aHostState({ trackedSessions }));
  ports.bastion.answer(hostId, () => ({ ok: true, sessions: [...open.values()] }));
  ports.bastion.answerDisconnect(() => {
    const last = ports.bastion.disconnects.at(-1);
    const isKnown = last !== undefined && open.delete(last.sessionId);
    return { ok: true, state: isKnown ? 'Disconnected' : 'NotFound' };
  });
  const request = aRequest({ state });
  await ports.requests.open(request, auditOfRequest(request, noon));
  return { ports, open };
}

export async function stateOf({ requests }: MemoryPorts): Promise<RequestState | undefined> {
  const request = await requests.get(id);
  return request?.state;
}
export const audited = ({ trail }: MemoryPorts) => trail.map(({ what }) => what);
