import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { aHostState, anAlert, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

export const second = 1000;
export const key: CardKey = { card: 'alert', id: 'alert-1' };
const due = { kind: 'card', key } as const;

export async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert()]);
  return ports;
}

/** Moves the alert on to its next version. */
export async function change(ports: Ports, changes: Partial<Alert>): Promise<void> {
  const alert = await ports.alerts.get('alert-1');
  if (alert) await remember(ports, aHostState(), [{ ...alert, ...changes }]);
}

export const ended: Partial<Alert> = { state: { is: 'ended', checkedAt: noon } };
export const shownAlerts = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content }) => (content.card === 'alert' ? content.alert : undefined));
export const isDue = async ({ due: dues, time }: MemoryPorts, now = time.now) =>
  (await dues.by(now, 9)).some((item) => JSON.stringify(item) === JSON.stringify(due));
