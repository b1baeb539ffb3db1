import { wake } from '../../domain/alerts/wake.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { saveStep } from './handle-alert.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'clock' | 'hostStates' | 'policy'> & Needs<typeof saveStep>;

/** Ends a snooze whose time has run out. Safe to run twice at once and to be cut off anywhere. */
export async function advanceAlert(ports: UsedPorts, id: string): Promise<void> {
  for (;;) {
    const alert = await ports.alerts.get(id);
    if (!alert) return;
    const hostState = await ports.hostStates.get(alert.hostId).catch(asUnreadable);
    const known = hostState instanceof UnreadableRecord ? undefined : hostState;
    const woken = wake(alert, known, { policy: ports.policy, now: ports.clock() });
    if (!woken || (await saveStep(ports, woken))) return;
  }
}
