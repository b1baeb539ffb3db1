import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import type { Profile, Lookup } from '../../../src/domain/people/person.ts';
import type { People } from '../../../src/ports/people.ts';
import type { PeopleOptions } from '../../../src/redis/store/people.ts';
import { redisPeople } from '../../../src/redis/store/people.ts';
import { decidingAge } from '../../../src/domain/people/freshness.ts';
import { eventually } from '../../support/eventually.ts';
import { keepingLog } from '../../support/log.ts';
import type { ConnectedRedis } from '../../support/redis.ts';
import { startConnectedRedis } from '../../support/redis.ts';

const { log } = keepingLog();
let server: ConnectedRedis;
let redis: Redis;

beforeAll(async () => {
  server = await startConnectedRedis(log);
  redis = server.redis;
});
afterAll(async () => {
  await server.stop();
});

/** A Slack that counts what it is asked. */
function slack() {
  const asked: string[] = [];
  const answers: {
    members: Lookup<ReadonlySet<string>>;
    profile: Lookup<Profile>;
    ids: Lookup<readonly string[]>;
  } = {
    ids: { ok: false },
    members: { ok: true, value: new Set(['U0ALICE']) },
    profile: { ok: true, value: { standing: 'guest', timeZone: 'Europe/Berlin' } },
  };
  const people: People = {
    idsOf: async (id) => {
      asked.push(`ids of ${id}`);
      return answers.ids;
    },
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
  let workspace: ReturnType<PeopleOptions['workspace']>;
  const replica = (options: Partial<PeopleOptions> = {}) =>
    redisPeople({
      redis,
      people: there.people,
      workspace: () => workspace,
      deciding: decidingAge(1),
      ...options,
    });

  beforeEach(async () => {
    await redis.flushall();
    there = slack();
    workspace = {};
  });

  it('is asked once for five replicas with ten questions each at the same time', async () => {
    const replicas = Array.from({ length: 5 }, () => replica());
    const questions = replicas.flatMap((one) =>
      Array.from({ length: 10 }, async () => one.membersOf('S0OPS', 'showing')),
    );
    const answers = await Promise.all(questions);
    expect(answers).toEqual(Array.from({ length: 50 }, () => there.answers.members));
    expect(there.asked).toEqual(['S0OPS']);
  });

  it('is given back as it was said, to a replica that never asked', async () => {
    for (const people of [replica(), replica()]) {
      expect(await people.person('U0GUEST', 'showing')).toEqual(there.answers.profile);
      expect(await people.byEmail('x@example.com', 'showing')).toEqual({ ok: true });
    }
    expect(there.asked).toEqual(['U0GUEST', 'x@example.com']);
  });

  it('is asked anew once it is too old, and is not known where Slack cannot say it again', async () => {
    const people = replica({ keepMs: { known: 60, unknown: 60, scopeMissing: 60 } });
    expect(await people.membersOf('S0OPS', 'showing')).toMatchObject({ ok: true });
    there.answers.members = { ok: false };
    await eventually(
      'it is not known any more',
      async () => !(await people.membersOf('S0OPS', 'showing')).ok,
    );
    there.answers.members = { ok: true, value: new Set() };
    await eventually('it is known again', async () => (await people.membersOf('S0OPS', 'showing')).ok);
  });

  it.each([
    [{ ok: true, value: new Set(['U0ALICE']) }, 300_000],
    [{ ok: false }, 5000],
    [{ ok: false, missingScope: 'usergroups:read' }, 60_000],
  ] as const)('is kept for minutes where it is known, and shortly where not: %j', async (told, keptMs) => {
    there.answers.members = told;
    expect(await replica().membersOf('S0OPS', 'showing')).toEqual(told);
    expect(await replica().membersOf('S0OPS', 'showing')).toEqual(told);
    expect(there.asked).toEqual(['S0OPS']);
    const left = await redis.pttl(`{bastion}:${told.ok ? 'told' : 'told-failed'}:members:S0OPS`);
    expect(left).toBeGreaterThan(keptMs / 10);
    expect(left).toBeLessThanOrEqual(keptMs);
  });

  it('is asked by the next one where whoever asked has died', async () => {
    await redis.set('{bastion}:asking:members:S0OPS', 'a dead replica', 'PX', 200);
    expect(await replica().membersOf('S0OPS', 'showing')).toEqual(there.answers.members);
    expect(await redis.exists('{bastion}:asking:members:S0OPS')).toBe(0);
  });

  it('is asked anew, once, where the record cannot be read, which stays as it is', async () => {
    const written = '{"schema":2,"ok":"maybe"}';
    await redis.set('{bastion}:told:person:U0GUEST', written);
    for (const people of [replica(), replica()]) {
      expect(await people.person('U0GUEST', 'showing')).toEqual(there.answers.profile);
    }
    expect(there.asked).toEqual(['U0GUEST']);
    expect(await redis.get('{bastion}:told:person:U0GUEST')).toBe(written);
  });

  it('leaves nobody waiting when the question fails', async () => {
    const failing = replica({
      people: { ...there.people, person: async () => Promise.reject(new Error('broken')) },
    });
    await expect(failing.person('U0ALICE', 'showing')).rejects.toThrow('broken');
    expect(await replica().person('U0ALICE', 'showing')).toEqual(there.answers.profile);
  });

  describe('for a decision', () => {
    /** As if it had been asked so long ago: what is left of its time is shorter by as much. */
    const age = async (key: string, byMs: number) =>
      redis.pexpire(`{bastion}:told:${key}`, (await redis.pttl(`{bastion}:told:${key}`)) - byMs);

    it.each([
      ['members:S0OPS', 9000, ['S0OPS']],
      ['members:S0OPS', 11_000, ['S0OPS', 'S0OPS']],
    ])('%s said %d ms ago', async (key, agoMs, asked) => {
      await replica().membersOf('S0OPS', 'showing');
      await age(key, agoMs);
      await replica().membersOf('S0OPS', 'showing');
      await replica().membersOf('S0OPS', 'deciding');
      expect(there.asked).toEqual(asked);
    });

    it.each([
      ['person:U0GUEST', 55_000, ['U0GUEST']],
      ['person:U0GUEST', 65_000, ['U0GUEST', 'U0GUEST']],
    ])('%s said %d ms ago', async (key, agoMs, asked) => {
      await replica().person('U0GUEST', 'showing');
      await age(key, agoMs);
      await replica().person('U0GUEST', 'deciding');
      expect(there.asked).toEqual(asked);
    });

    it('takes an address of the last minutes, which gives nobody a right', async () => {
      await replica().byEmail('x@example.com', 'showing');
      await age('email:x@example.com', 250_000);
      await replica().byEmail('x@example.com', 'deciding');
      expect(there.asked).toEqual(['x@example.com']);
    });

    it('is asked once for all replicas', async () => {
      const questions = Array.from({ length: 10 }, async () => replica().membersOf('S0OPS', 'deciding'));
      await Promise.all(questions);
      expect(there.asked).toEqual(['S0OPS']);
    });

    it('has a third of what Slack answers a minute to itself', async () => {
      const people = replica();
      for (let nth = 0; nth < 20; nth += 1) await people.membersOf(`S0N${nth}`, 'showing');
      expect(there.asked).toHaveLength(13);
      expect(await people.membersOf('S0ONEMORE', 'showing')).toEqual({ ok: false });
      expect(await people.membersOf('S0ONEMORE', 'deciding')).toEqual(there.answers.members);
      expect(await redis.pttl('{bastion}:asked:usergroups.users.list')).toBeGreaterThan(0);
    });
  });

  describe('when Slack says that it has changed', () => {
    const others: Lookup<ReadonlySet<string>> = { ok: true, value: new Set(['U0BOB']) };

    it('is asked anew by every replica, whoever heard it', async () => {
      const [one, other] = [replica(), replica()];
      await one.membersOf('S0OPS', 'showing');
      await one.person('U0GUEST', 'showing');
      await one.byEmail('x@example.com', 'showing');
      there.answers.members = others;
      await other.forgetGroup('S0OPS');
      await other.forgetPerson({ ids: ['U0GUEST', 'W0GUEST'], email: 'X@example.com' });
      expect(await one.membersOf('S0OPS', 'showing')).toEqual(others);
      await one.person('U0GUEST', 'showing');
      await one.byEmail('x@example.com', 'showing');
      expect(there.asked).toEqual(['S0OPS', 'U0GUEST', 'x@example.com', 'S0OPS', 'U0GUEST', 'x@example.com']);
    });

    it('does not keep, nor give, what was answered to a question begun before', async () => {
      const before = there.answers.members;
      const late = replica({
        people: {
          ...there.people,
          membersOf: async () => {
            there.asked.push('S0OPS');
            if (there.asked.length > 1) return others;
            await replica().forgetGroup('S0OPS');
            return before;
          },
        },
      });
      expect(await late.membersOf('S0OPS', 'deciding')).toEqual(others);
      expect(there.asked).toHaveLength(2);
    });
  });

  describe('of the ids of one person', () => {
    const both = { ok: true, value: ['U0ALICE', 'W0ALICE'] } as const;
    const idsOf = async (id: string) => replica().idsOf(id, 'deciding');

    it('is not asked outside of a Grid', async () => {
      expect(await idsOf('U0ALICE')).toEqual({ ok: true, value: ['U0ALICE'] });
      expect(there.asked).toEqual([]);
    });

    it('is kept for a day in a Grid, for each of them', async () => {
      workspace = { enterpriseId: 'E0CORP' };
      there.answers.ids = both;
      expect(await idsOf('U0ALICE')).toEqual(both);
      there.answers.ids = { ok: true, value: ['W0ALICE'] };
      for (const id of both.value) {
        expect(await idsOf(id)).toEqual(both);
        expect(await redis.pttl(`{bastion}:told:ids:${id}`)).toBeGreaterThan(23 * 3_600_000);
      }
      expect(there.asked).toEqual(['ids of U0ALICE']);
    });

    it('takes nothing back of what it said of the other one', async () => {
      workspace = { enterpriseId: 'E0CORP' };
      there.answers.ids = { ok: true, value: ['W0ALICE'] };
      expect(await idsOf('W0ALICE')).toEqual({ ok: true, value: ['W0ALICE'] });
      there.answers.ids = both;
      await idsOf('U0ALICE');
      expect(await idsOf('W0ALICE')).toEqual(both);
    });

    it('is asked anew once Slack says that somebody has changed', async () => {
      workspace = { enterpriseId: 'E0CORP' };
      there.answers.ids = { ok: true, value: ['U0ALICE'] };
      await idsOf('U0ALICE');
      there.answers.ids = both;
      await replica().forgetPerson({ ids: both.value });
      expect(await idsOf('U0ALICE')).toEqual(both);
    });

    it('is not known before it is known whether there is a Grid, and is asked once there is', async () => {
      workspace = undefined;
      expect(await idsOf('U0ALICE')).toEqual({ ok: false });
      const one = replica();
      workspace = {};
      expect(await one.idsOf('U0ALICE', 'deciding')).toEqual({ ok: true, value: ['U0ALICE'] });
      workspace = { enterpriseId: 'E0CORP' };
      there.answers.ids = both;
      expect(await one.idsOf('U0ALICE', 'deciding')).toEqual(both);
    });

    it('leaves a third of what Slack answers a minute to decisions', async () => {
      workspace = { enterpriseId: 'E0CORP' };
      there.answers.ids = both;
      const people = replica();
      for (let nth = 0; nth < 100; nth += 1) await people.idsOf(`U0N${nth}`, 'showing');
      expect(there.asked).toHaveLength(66);
      expect(await people.idsOf('U0ONEMORE', 'deciding')).toMatchObject({ ok: true });
    });
  });

  describe('that it cannot say for a decision', () => {
    it('leaves what was answered before to those who only look', async () => {
      const before = there.answers.members;
      const people = replica({ deciding: { membersMs: -1, personMs: -1 } });
      expect(await people.membersOf('S0OPS', 'showing')).toEqual(before);
      there.answers.members = { ok: false };
      expect(await people.membersOf('S0OPS', 'deciding')).toEqual({ ok: false });
      expect(await people.membersOf('S0OPS', 'deciding')).toEqual({ ok: false });
      expect(await people.membersOf('S0OPS', 'showing')).toEqual(before);
      // Kept for seconds, too: Slack is not asked again at once.
      expect(there.asked).toEqual(['S0OPS', 'S0OPS']);
    });
  });
});
