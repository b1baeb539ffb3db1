import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { RateLimiter } from '../../../src/ports/rate-limiter.ts';
import { closeRedis, connectRedis } from '../../../src/redis/connect.ts';
import { laneKey } from '../../../src/redis/record/keys.ts';
import { redisRateLimiter } from '../../../src/redis/store/rate-limiter.ts';
import { eventually } from '../../support/eventually.ts';
import { keepingLog } from '../../support/log.ts';
import type { TestRedis } from '../../support/redis.ts';
import { heard, startTestRedis } from '../../support/redis.ts';

const lane = { postsTo: 'C0ALERTS' };
/** Who comes next asks a millisecond after the second is over. */
const nextTurnMs = 1001;

/** Milliseconds from now on, more rather than less: what passes on a busy machine shortens a wait. */
function stopwatch(): () => number {
  const begunAt = performance.now();
  return () => performance.now() - begunAt + 2;
}

describe('the pace of calls to Slack', () => {
  const { log } = keepingLog();
  let server: TestRedis;
  let connections: Redis[];
  /** Two replicas. */
  let one: RateLimiter;
  let two: RateLimiter;

  beforeAll(async () => {
    server = await startTestRedis();
    connections = [1, 2].map(() => connectRedis({ url: server.url, use: 'commands', log }));
    await Promise.all(connections.map(async (redis) => heard(redis, 'ready')));
    const [first, second] = connections.map((redis) => redisRateLimiter({ redis }));
    if (!first || !second) throw new Error('two connections make two paces');
    [one, two] = [first, second];
  });
  afterAll(async () => {
    await Promise.all(connections.map(closeRedis));
    await server.stop();
  });
  beforeEach(async () => {
    await connections[0]?.flushall();
  });

  it('lets one post a second into a channel, whoever makes it, and others meanwhile', async () => {
    const since = stopwatch();
    expect(await one.take(lane, { card: 'a', urgency: 'worsening' })).toBe(0);
    const wait = await two.take(lane, { card: 'b', urgency: 'worsening' });
    expect(wait).toBeGreaterThan(1000 - since());
    expect(wait).toBeLessThanOrEqual(nextTurnMs);
    expect(await two.take({ postsTo: 'C0OTHER' }, { card: 'c', urgency: 'worsening' })).toBe(0);
  });

  it('spreads those who wait, the urgent first', async () => {
    const since = stopwatch();
    await one.take(lane, { card: 'a', urgency: 'worsening' });
    const ending = await one.take(lane, { card: 'b', urgency: 'ending' });
    const worsening = await one.take(lane, { card: 'c', urgency: 'worsening' });
    const decision = await two.take(lane, { card: 'd', urgency: 'decision' });
    expect(ending).toBeLessThanOrEqual(nextTurnMs);
    expect([worsening, decision].every((wait) => wait <= nextTurnMs)).toBe(true);
    const again = await one.take(lane, { card: 'b', urgency: 'ending' });
    expect(again).toBeGreaterThan(3000 - since());
  });

  it('never lets two pass within a second, however many ask', async () => {
    const passed: { readonly notBefore: number; readonly notAfter: number }[] = [];
    const cards = Array.from({ length: 30 }, (_, index) => `card-${index}`);
    await eventually('three have passed', async () => {
      const notBefore = performance.now();
      const waits = await Promise.all(
        cards.map(async (card) => one.take(lane, { card, urgency: 'worsening' })),
      );
      const notAfter = performance.now();
      passed.push(...waits.filter((wait) => wait === 0).map(() => ({ notBefore, notAfter })));
      return passed.length >= 3;
    });
    // As far apart as they can have been, so that a busy machine makes it no less.
    const [first, , third] = passed;
    expect((third?.notAfter ?? 0) - (first?.notBefore ?? 0)).toBeGreaterThan(1995);
  });

  it('takes ten edits at once and then forty a minute', async () => {
    const since = stopwatch();
    const waits: number[] = [];
    for (let card = 0; card < 11; card += 1)
      waits.push(await one.take('edits', { card: String(card), urgency: 'ending' }));
    expect(waits.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 0));
    expect(waits[10]).toBeGreaterThan(1500 - since());
  });

  it('lets one look pass in 240 ms, so that a minute has 250 for all replicas', async () => {
    const since = stopwatch();
    expect(await one.take('looks', { card: 'a', urgency: 'ending' })).toBe(0);
    const wait = await two.take('looks', { card: 'b', urgency: 'ending' });
    expect(wait).toBeGreaterThan(240 - since());
    expect(wait).toBeLessThanOrEqual(241);
    expect(await two.take('edits', { card: 'c', urgency: 'ending' })).toBe(0);
  });

  it('knows when the last one passed for as long as those before the next may come back', async () => {
    const since = stopwatch();
    await one.take('looks', { card: 'a', urgency: 'ending' });
    expect(await connections[0]?.pttl(laneKey('looks'))).toBeGreaterThan(3000 - since());
  });

  it('keeps the line while Slack wants silence, and for as long as that after it', async () => {
    const since = stopwatch();
    await one.close('looks', 5000);
    expect(await connections[0]?.pttl(laneKey('looks'))).toBeGreaterThan(8000 - since());
  });

  it('forgets whose the cards were, with the cards', async () => {
    const [redis] = connections;
    for (const card of ['a', 'b', 'c']) await one.take(lane, { card, urgency: 'decision', of: 'U0ASKER' });
    const line = [`${laneKey('posts:C0ALERTS')}:owners`, `${laneKey('posts:C0ALERTS')}:waiting`];
    expect(await redis?.hkeys(line[0] ?? '')).toEqual(['b', 'c']);
    for (const key of line) expect(await redis?.pttl(key)).toBeGreaterThan(0);
    // An older version knows of the line only.
    await redis?.zrem(line[1] ?? '', 'b');
    const again = async () => one.take(lane, { card: 'd', urgency: 'decision', of: 'U0ASKER' });
    await eventually('the last has passed', async () => {
      await one.take(lane, { card: 'c', urgency: 'decision', of: 'U0ASKER' });
      return (await again()) === 0;
    });
    expect(await redis?.hkeys(line[0] ?? '')).not.toContain('b');
  });

  it('keeps the silence that Slack wants', async () => {
    const since = stopwatch();
    await one.close(lane, 5000);
    const wait = await two.take(lane, { card: 'a', urgency: 'decision' });
    expect(wait).toBeGreaterThan(5000 - since());
    expect(wait).toBeLessThanOrEqual(5001);
    await one.close('edits', 3000);
    expect(await two.take('edits', { card: 'a', urgency: 'decision' })).toBeGreaterThan(3000 - since());
  });
});
