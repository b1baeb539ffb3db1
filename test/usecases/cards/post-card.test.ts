import { describe, expect, it } from '@jest/globals';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import { StoreUnreachable } from '../../../src/ports/store-unreachable.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, anAlert, minute, noon } from '../../support/build.ts';
import { aroundCalls, Died, dyingAt } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

const second = 1000;
const key: CardKey = { card: 'alert', id: 'alert-1' };

async function world(mayRead = true): Promise<MemoryPorts> {
  const ports = memoryPorts();
  ports.channel.mayRead = mayRead;
  await remember(ports, aHostState(), [anAlert()]);
  return ports;
}

function diedOnly(error: unknown): undefined {
  if (!(error instanceof Died)) throw error;
}

describe('a post, where the bot may read what it has posted', () => {
  const calls = Array.from({ length: 10 }, (_, call) => call);

  it.each(
    calls.flatMap((call) => [
      { call, when: 'before' as const },
      { call, when: 'after' as const },
    ]),
  )('is seen exactly once, cut off $when call $call', async ({ call, when }) => {
    const ports = await world();
    await deliverCard(dyingAt(ports, call, when), key).catch(diedOnly);
    await settle(ports, 2 * minute);
    expect(ports.channel.messages).toHaveLength(1);
    expect(await ports.cards.get(key)).toMatchObject({
      shown: 1,
      message: ports.channel.messages[0]?.ref,
    });
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it('is not looked for before the call is certainly over', async () => {
    const ports = await world();
    ports.channel.failNext({ ok: false, why: 'unsure' });
    await deliverCard(ports, key);
    ports.time.now = noon + 30 * second - 1;
    await deliverCard(ports, key);
    expect((await ports.cards.get(key)).message).toBeUndefined();
    ports.time.now = noon + 30 * second;
    await deliverCard(ports, key);
    expect((await ports.cards.get(key)).message).toEqual(ports.channel.messages[0]?.ref);
    expect(ports.channel.calls.post).toBe(1);
  });
});

describe('a post of a process that was held up', () => {
  it('is left to whoever comes next, if it has not gone out yet', async () => {
    const ports = await world();
    const slow = aroundCalls(ports, async (name, call) => {
      const result = await call();
      if (name === 'cards.save') ports.time.now += 6 * second;
      return result;
    });
    await deliverCard(slow, key);
    expect(ports.channel.messages).toEqual([]);
    await settle(ports, 2 * minute);
    expect(ports.channel.messages).toHaveLength(1);
  });

  it.each([true, false])(
    'and that another has made meanwhile is deleted again (may read: %s)',
    async (mayRead) => {
      const ports = await world(mayRead);
      const slow = aroundCalls(ports, async (name, call) => {
        if (name === 'channel.post') {
          ports.time.now += 31 * second;
          await deliverCard(ports, key);
        }
        return call();
      });
      await deliverCard(slow, key);
      expect(ports.channel.calls.post).toBe(2);
      await settle(ports, minute);
      expect(ports.channel.messages).toHaveLength(1);
      expect(await ports.cards.get(key)).toMatchObject({ shown: 1, message: ports.channel.messages[0]?.ref });
    },
  );
});

describe('a post that failed in a process that was held up', () => {
  it('leaves the announcement alone that somebody else has made meanwhile', async () => {
    const ports = await world();
    const slow = aroundCalls(ports, async (name, call) => {
      if (name !== 'channel.post') return call();
      ports.time.now += 31 * second;
      ports.channel.failNext({ ok: false, why: 'unsure' });
      await deliverCard(ports, key);
      return { ok: false, why: 'unreachable' };
    });
    await deliverCard(slow, key);
    ports.time.now += 6 * second;
    await deliverCard(ports, key);
    expect(ports.channel.messages).toHaveLength(1);
  });
});

describe('the answer to a post', () => {
  it('is kept until the store takes it', async () => {
    const ports = await world(false);
    let outages = 10;
    const flaky = aroundCalls(ports, async (name, call) => {
      const isAnswer = ports.channel.calls.post === 1 && name.startsWith('cards.');
      if (isAnswer && outages > 0) {
        outages -= 1;
        throw new StoreUnreachable();
      }
      return call();
    });
    await deliverCard(flaky, key);
    await settle(ports, minute);
    expect(ports.channel.messages).toHaveLength(1);
    expect(ports.channel.calls.post).toBe(1);
  });
});

describe('a card that has to wait for its turn', () => {
  it('is due again when its turn should come, and takes nobody else’s', async () => {
    const waits = [1500, 0];
    const ports = {
      ...(await world()),
      rateLimiter: { take: async () => waits.shift() ?? 0, close: async () => undefined },
    };
    await deliverCard(ports, key);
    expect(ports.channel.calls.post).toBe(0);
    expect(await ports.due.by(noon + 1499, 9)).toEqual([]);
    expect(await ports.due.by(noon + 1500, 9)).toEqual([{ kind: 'card', key }]);
    await deliverCard(ports, key);
    expect(ports.channel.messages).toHaveLength(1);
  });

  it('tells the lane how long Slack wants silence', async () => {
    const closed: unknown[] = [];
    const rateLimiter = { take: async () => 0, close: async (...what: unknown[]) => void closed.push(what) };
    const ports = { ...(await world()), rateLimiter };
    ports.channel.failNext({ ok: false, why: 'rate-limited', retryAt: noon + 7 * second });
    await deliverCard(ports, key);
    expect(closed).toEqual([[{ postsTo: 'C0ALERTS' }, 7 * second]]);
  });
});
