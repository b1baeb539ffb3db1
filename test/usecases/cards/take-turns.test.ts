import { describe, expect, it } from '@jest/globals';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { aHostState, aSession, aTrackedSession } from '../../support/build.ts';
import { memoryRateLimiter } from '../../support/memory-rate-limiter.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

const names = Array.from({ length: 20 }, (_, index) => String(index));

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  const trackedSessions = names.map((name) =>
    aTrackedSession({ ref: name, session: aSession({ sessionId: name, vmLogin: `login-${name}` }) }),
  );
  await remember(ports, aHostState({ trackedSessions }));
  return { ...ports, rateLimiter: memoryRateLimiter(ports.clock) };
}

/** Who asked, in the order of their cards in the channel. */
function askers({ channel }: MemoryPorts): readonly string[] {
  return channel.messages.flatMap(({ content }) => {
    if (content.card === 'request') return [content.request.requester];
    return content.card === 'batch' ? [content.batch.requester] : [];
  });
}

describe('the cards of requests', () => {
  it('take turns by who asked: a colleague is not behind all that somebody else has asked for', async () => {
    const ports = await world();
    for (const ref of names.slice(0, 10)) {
      await askDisconnect(ports, { ref, by: { id: 'U0ASKER' }, reason: 'all of them' });
    }
    await askDisconnect(ports, { ref: '10', by: { id: 'U0OTHER' }, reason: 'mine' });
    await askSeveral(ports, { refs: ['11', '12'], by: { id: 'U0THIRD' }, reason: 'both' });
    await settle(ports, 60_000);
    const [first, ...others] = askers(ports);
    expect([first, ...others]).toHaveLength(12);
    expect(others.slice(0, 3).toSorted()).toEqual(['U0ASKER', 'U0OTHER', 'U0THIRD']);
  });
});
