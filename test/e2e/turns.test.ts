import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { z } from 'zod';
import { hostIdOf } from '../../src/domain/hosts/host.ts';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { turnsKey } from '../../src/redis/record/keys.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { eventually } from '../support/eventually.ts';
import { keepingLog } from '../support/log.ts';
import { heard } from '../support/redis.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld } from '../support/world.ts';

const hourMs = 3_600_000;
const health = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

describe('the turns of the hosts', () => {
  let world: TestWorld;
  let redis: Redis;

  beforeAll(async () => {
    world = await startWorld();
    redis = connectRedis({ url: world.redis.url, use: 'commands', log: keepingLog().log });
    await heard(redis, 'ready');
  });

  afterAll(async () => {
    await closeRedis(redis);
    await world.stop();
  });

  it('are named in /readyz and /metrics while no worker takes them, and go on once one does', async () => {
    const { name, resourceGroup, subscriptionId, location, ...simulated } = world.azure.addHost({
      name: 'bastion-prod',
    });
    const host = { id: hostIdOf(simulated.id), name, resourceGroup, subscriptionId, location };
    const { hosts, turns } = redisStores({ redis, log: keepingLog().log });
    await hosts.noteDiscovery({ hosts: [host], problems: [] }, Date.now());
    await turns.match([host.id], hourMs);
    await turns.dueAt(host.id, Date.now() - 9 * hourMs, hourMs);
    const policy = { ...quickPolicy, polling: { every: '1h' } };
    const { adminUrl } = await world.startBot(policy, { ROLE: 'bot' });
    const polls = async () =>
      health
        .parse(await (await fetch(`${adminUrl}/readyz`)).json())
        .parts.find(({ name }) => name === 'polls');
    const lagSeconds = async () => {
      const text = await (await fetch(`${adminUrl}/metrics`)).text();
      return Number(/^bastion_poll_lag_seconds (\S+)$/m.exec(text)?.[1]);
    };

    await eventually('it says that nobody polls', async () => (await polls())?.state === 'degraded');
    expect(await polls()).toMatchObject({ detail: 'nobody has polled yet: no worker runs' });
    expect(await lagSeconds()).toBeGreaterThanOrEqual(9 * 3600);

    await world.startBot(policy);
    await world.azure.requests.waitFor(({ kind }) => kind === 'sessions');
    await eventually('it is content', async () => (await polls())?.state === 'ok', 20_000);
    expect(await lagSeconds()).toBe(0);
  });

  it('come at once after the clock was put back', async () => {
    const reads = () => world.azure.requests.count(({ kind }) => kind === 'sessions');
    const [hostId = ''] = await redis.zrange(turnsKey, '0', '-1');
    // What was read within the last five seconds would not be read again.
    const readAt = world.azure.requests.all(({ kind }) => kind === 'sessions').at(-1)?.at ?? 0;
    await eventually('the reading is old', () => Date.now() - readAt > 5000, 20_000);
    const before = reads();
    await redis.zadd(turnsKey, Date.now() + 5 * 60_000, hostId);
    await eventually('it is read again', () => reads() > before);
    expect(reads()).toBe(before + 1);
  });
});
