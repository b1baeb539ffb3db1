import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { memoryRateLimiter } from '../../support/memory-rate-limiter.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import type { KeptChannel } from '../../support/kept-channel.ts';

export async function deliverDue(ports: MemoryPorts): Promise<void> {
  for (const item of await ports.due.by(ports.time.now, 100)) {
    if (item.kind === 'card') await deliverCard(ports, item.key);
  }
}

/** At the pace that Slack wants, each look on record. */
export function counted(bare: MemoryPorts) {
  const looks: { readonly at: number; readonly message: string }[] = [];
  const channel: KeptChannel = {
    ...bare.channel,
    look: async (ref) => {
      looks.push({ at: bare.time.now, message: ref.message });
      return bare.channel.look(ref);
    },
  };
  return { looks, ports: { ...bare, channel, rateLimiter: memoryRateLimiter(bare.clock) } };
}
