import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import { findMoved } from '../../../src/usecases/cards/find-moved.ts';
import { aHostState, anAlert, aPolicy, aRequest, aTrackedSession, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

export const key: CardKey = { card: 'alert', id: 'alert-1' };
const acknowledged = { did: 'acknowledged', by: 'U0BOB', at: noon } as const;
export const trackedSessions = [aTrackedSession({ alertId: 'alert-1' })];

/** An alert with what was done about it, and a request, each with its card in the channels of the policy. */
export async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState({ trackedSessions }), [anAlert({ steps: [acknowledged] })]);
  const request = aRequest();
  await ports.requests.open(request, auditOfRequest(request, request.askedAt));
  await settle(ports, 20_000);
  return ports;
}

/** A replica with a policy that names other channels. */
export function elsewhere(ports: MemoryPorts, channels = { alerts: 'C0NEW', approvals: 'C0NEWAPPROVE' }) {
  return { ...ports, policy: aPolicy({ channels }) };
}

export const round = async (ports: MemoryPorts) => {
  await findMoved(ports, { refusedToo: true });
  await settle(ports, 20_000);
};
export const shown = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content, ref, movedTo }) =>
    [`${content.card} in ${ref.channel}`, ...(movedTo === undefined ? [] : [`gone to ${movedTo}`])].join(
      ', ',
    ),
  );
export const dueCards = async ({ due }: MemoryPorts) =>
  (await due.by(Number.MAX_SAFE_INTEGER, 9)).filter(({ kind }) => kind === 'card');
export const after = [
  'alert in C0ALERTS, gone to C0NEW',
  'alert in C0NEW',
  'alert-steps in C0ALERTS, gone to C0NEW',
  'alert-steps in C0NEW',
  'request in C0APPROVE, gone to C0NEWAPPROVE',
  'request in C0NEWAPPROVE',
];
export const sorted = (ports: MemoryPorts) => shown(ports).toSorted();
