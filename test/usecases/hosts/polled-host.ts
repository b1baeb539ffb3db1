import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { ReadingResult } from '../../../src/domain/sessions/reading.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import {
  aHost,
  aHostState,
  anAlert,
  aPolicy,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  noon,
} from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

export const { id: hostId } = aHost();
export const second = 1000;
export const timedOut: ReadingResult = { ok: false, failure: { kind: 'timed-out' } };
export const hostGone: ReadingResult = { ok: false, failure: { kind: 'host-gone' } };
export const shows = (...sessions: Session[]): ReadingResult => ({ ok: true, sessions });
export const alertCard = (id: string) => ({
  kind: 'card',
  key: { card: 'alert', id },
});

/** Sessions are alerted on after an hour: the one of `aSession` is due at noon. */
export const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });

export async function world(
  hostState: HostState = aHostState(),
  overrides: Partial<MemoryPorts> = {},
): Promise<MemoryPorts> {
  const ports = memoryPorts({ policy, ...overrides });
  const alerts = hostState.trackedSessions.flatMap(({ alertId, ref, session }) =>
    alertId === undefined ? [] : [anAlert({ id: alertId, ref, session })],
  );
  await remember(ports, hostState, alerts);
  return ports;
}

export const poll = async (ports: Ports, freshSince = ports.clock()) =>
  pollHost(ports, hostId, { freshSince, haste: 'background' });
export const named = (...ids: string[]) => ids.map((sessionId) => aSession({ sessionId, startedAt: noon }));
export const tracking = (...ids: string[]) =>
  named(...ids).map((session) => aTrackedSession({ ref: session.sessionId, session }));
