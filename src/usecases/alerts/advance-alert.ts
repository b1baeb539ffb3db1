import { wake } from '../../domain/alerts/handle.ts';
import type { Ports } from '../../ports/ports.ts';
import { saveStep } from './handle-alert.ts';

/** Ends a snooze whose time has run out. Safe to run twice at once and to be cut off anywhere. */
export async function attendAlert(ports: Ports, id: string): Promise<void> {
  for (;;) {
    const alert = await ports.alerts.get(id);
    const woken = alert && wake(alert, ports.clock());
    if (!woken || (await saveStep(ports, woken))) return;
  }
}
