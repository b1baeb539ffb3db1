import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { HandlingVerb } from '../../../src/domain/alerts/handle.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { handleAlert } from '../../../src/usecases/alerts/handle-alert.ts';
import {
  aHost,
  aHostState,
  anAlert,
  aPolicy,
  aRule,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

export const alice = { id: 'U0ALICE' };
export const snooze: HandlingVerb = { do: 'snooze', until: noon + hour, reason: 'backup runs' };

export async function world(overrides: Partial<Alert> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts({
    policy: aPolicy({
      access: { view: ['everyone'], disconnect: ['U0ALICE', 'U0BOB'], approve: [] },
      rules: [aRule({ warnAfterMs: minute })],
    }),
  });
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] }), [
    anAlert(overrides),
  ]);
  ports.bastion.answer(aHost().id, { ok: true, sessions: [] });
  return ports;
}

export async function click(ports: Ports, verb: HandlingVerb, by = alice) {
  return handleAlert(ports, { alertId: 'alert-1', verb, by });
}
export const handlingOf = async ({ alerts }: Ports) => (await alerts.get('alert-1'))?.handling;
export const audited = ({ trail }: MemoryPorts) => trail.map(({ what, by, why }) => [what, by, why]);
