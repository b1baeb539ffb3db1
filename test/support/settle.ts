import type { Ports } from '../../src/ports/ports.ts';
import { deliverCard } from '../../src/usecases/cards/deliver-card.ts';
import { advanceRequest } from '../../src/usecases/requests/advance-request.ts';
import type { MemoryPorts } from './memory-ports.ts';

/** What the sweep and the worker do from here on, with `ms` passing meanwhile. */
export async function settle(ports: Ports & Pick<MemoryPorts, 'time'>, ms = 180_000): Promise<void> {
  const until = ports.time.now + ms;
  while (ports.time.now < until) {
    for (const item of await ports.due.by(ports.time.now, 100)) {
      if (item.kind === 'card') await deliverCard(ports, item.key);
      else await advanceRequest(ports, item.id);
    }
    ports.time.now += 2000;
  }
}
