import type { DisconnectRequest } from '../../../src/domain/requests/request.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { aHostState, aSession, aTrackedSession } from '../../support/build.ts';
import { Died } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const asker = { id: 'U0ASKER' };
export const names = ['a', 'b', 'c'];
export const sessionNamed = (name: string) => aSession({ sessionId: name, vmLogin: `login-${name}` });

export async function world(overrides: Partial<MemoryPorts> = {}, count = 3): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  const all = Array.from({ length: count }, (_, index) => names[index] ?? `more-${index}`);
  const trackedSessions = all.map((name) => aTrackedSession({ ref: name, session: sessionNamed(name) }));
  await remember(
    ports,
    aHostState({
      trackedSessions: [
        ...trackedSessions,
        aTrackedSession({ ref: 'without-id', session: aSession({ sessionId: '' }) }),
      ],
    }),
  );
  return ports;
}

export const ask = async (ports: Ports, refs: readonly string[] = names, by = asker) =>
  askSeveral(ports, { refs, by, reason: 'maintenance' });
export const states = async ({ batches, requests }: Ports, id = 'id-1') => {
  const batch = await batches.get(id);
  return (await requests.many(batch?.requestIds ?? [])).map(({ state }: DisconnectRequest) => state.is);
};
export const audited = ({ trail }: MemoryPorts, what: string) => trail.filter((entry) => entry.what === what);
export const diedOnly = (error: unknown): undefined => {
  if (!(error instanceof Died)) throw error;
};
