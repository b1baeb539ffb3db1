import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Profile, Told } from '../../../src/domain/people/person.ts';
import type { People } from '../../../src/ports/people.ts';
import { closeRedis, connectRedis } from '../../../src/redis/connect.ts';
import { redisPeople } from '../../../src/redis/store/people.ts';
import { eventually } from '../../support/eventually.ts';
import { keepingLog } from '../../support/log.ts';
import type { TestRedis } from '../../support/redis.ts';
import { heard, startTestRedis } from '../../support/redis.ts';

const { log } = keepingLog();
let server: TestRedis;
let redis: Redis;

beforeAll(async () => {
  server = await startTestRedis();
  redis = connectRedis({ url: server.url, use: 'commands', log });
  await heard(redis, 'ready');
});
afterAll(async () => {
  await closeRedis(redis);
  await server.stop();
});

/** A Slack that counts what it is asked. */
function slack() {
  const asked: string[] = [];
  const answers: { members: Told<ReadonlySet<string>>; profile: Told<Profile> } = {
    members: { ok: true, value: new Set(['U0ALICE']) },
    profile: { ok: true, value: { standing: 'guest', timeZone: 'Europe/Berlin' } },
  };
  const people: People = {
    membersOf: async (id) => {
      asked.push(id);
      return answers.members;
    },
    person: async (id) => {
      asked.push(id);
      return answers.profile;
    },
    byEmail: async (email) => {
      asked.push(email);
      return { ok: true, value: undefined };
    },
  };
  return { people, asked, answers };
}

describe('what Slack says of people', () => {
  let there: ReturnType<typeof slack>;
  const replica = (keepMs?: { known: number; unknown: number; scopeMissing: number }) =>
    redisPeople({ redis, people: there.people, ...(keepMs && { keepMs }) });

  beforeEach(async () => {
    await redis.flushall();
    there = slack();
  });

  it('is asked once for five replicas with ten questions each at the same time', async () => {
    const replicas = Array.from({ length: 5 }, () => replica());
    const questions = replicas.flatMap((one) =>
      Array.from({ length: 10 }, async () => one.membersOf('S0OPS')),
    );
    const answers = await Promise.all(questions);
    expect(answers).toEqual(Array.from({ length: 50 }, () => there.answers.members));
    expect(there.asked).toEqual(['S0OPS']);
  });

  it('is given back as it was said, to a replica that never asked', async () => {
    for (const people of [replica(), replica()]) {
      expect(await people.person('U0GUEST')).toEqual(there.answers.profile);
      expect(await people.byEmail('x@example.com')).toEqual({ ok: true });
    }
    expect(there.asked).toEqual(['U0GUEST', 'x@example.com']);
  });

  it('is asked anew once it is too old, and is not known where Slack cannot say it again', async () => {
    const people = replica({ known: 60, unknown: 60, scopeMissing: 60 });
    expect(await people.membersOf('S0OPS')).toMatchObject({ ok: true });
    there.answers.members = { ok: false };
    await eventually('it is not known any more', async () => !(await people.membersOf('S0OPS')).ok);
    there.answers.members = { ok: true, value: new Set() };
    await eventually('it is known again', async () => (await people.membersOf('S0OPS')).ok);
  });

  it.each([
    [{ ok: true, value: new Set(['U0ALICE']) }, 300_000],
    [{ ok: false }, 5000],
    [{ ok: false, missingScope: 'usergroups:read' }, 60_000],
  ] as const)('is kept for minutes where it is known, and shortly where not: %j', async (told, keptMs) => {
    there.answers.members = told;
    const askedAt = performance.now();
    expect(await replica().membersOf('S0OPS')).toEqual(told);
    expect(await replica().membersOf('S0OPS')).toEqual(told);
    expect(there.asked).toEqual(['S0OPS']);
    const left = await redis.pttl('{bastion}:told:members:S0OPS');
    expect(left).toBeGreaterThan(keptMs - (performance.now() - askedAt) - 5);
    expect(left).toBeLessThanOrEqual(keptMs);
  });

  it('is asked by the next one where whoever asked has died', async () => {
    await redis.set('{bastion}:asking:members:S0OPS', 'a dead replica', 'PX', 200);
    expect(await replica().membersOf('S0OPS')).toEqual(there.answers.members);
    expect(await redis.exists('{bastion}:asking:members:S0OPS')).toBe(0);
  });

  it('is asked anew, once, where the record cannot be read, which stays as it is', async () => {
    const written = '{"schema":2,"ok":"maybe"}';
    await redis.set('{bastion}:told:person:U0GUEST', written);
    for (const people of [replica(), replica()]) {
      expect(await people.person('U0GUEST')).toEqual(there.answers.profile);
    }
    expect(there.asked).toEqual(['U0GUEST']);
    expect(await redis.get('{bastion}:told:person:U0GUEST')).toBe(written);
  });

  it('leaves nobody waiting when the question fails', async () => {
    const failing = redisPeople({
      redis,
      people: { ...there.people, person: async () => Promise.reject(new Error('broken')) },
    });
    await expect(failing.person('U0ALICE')).rejects.toThrow('broken');
    expect(await replica().person('U0ALICE')).toEqual(there.answers.profile);
  });
});
