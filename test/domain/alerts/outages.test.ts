import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Outage, Sights, SilentHost } from '../../../src/domain/alerts/outage.ts';
import { isLasting, silentHosts } from '../../../src/domain/alerts/outage.ts';
import { causeOf } from '../../../src/domain/alerts/outage-cause.ts';
import { gatherOutages } from '../../../src/domain/alerts/outages.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { aHost, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import { aSilentHost } from '../../support/silent.ts';

const down: AzureFailure = { kind: 'unreachable' };
const refused: AzureFailure = { kind: 'signed-out', because: 'refused' };
const names = ['a', 'b', 'c', 'd', 'e'];
const idOf = (name: string) => aHost({ name }).id;

/** Five hosts, some of them silent, and the outages and silences as they are stored. */
function world() {
  const outages = new Map<string, Outage>();
  const silent = new Map<string, SilentHost>();
  let ids = 0;
  return {
    outages,
    silent,
    lasting: () => [...outages.values()].filter(isLasting),
    fall(name: string, failure: AzureFailure, since: number) {
      const before = silent.get(name);
      const fallen = aSilentHost(name, failure, since);
      ids += 1;
      const silence = before ? { ...before.silence, failure } : { ...fallen.silence, id: `silence-${ids}` };
      silent.set(name, { ...fallen, silence });
    },
    answer: (name: string) => silent.delete(name),
    gather(now: number, hosts = names.length, unknown: readonly string[] = []) {
      const sights: Sights = {
        unknown: new Set(unknown.map(idOf)),
        silent: [...silent.values()],
        answering: new Set(names.filter((name) => !silent.has(name)).map(idOf)),
        hosts,
        outages: [...outages.values()].filter(isLasting),
      };
      const changes = gatherOutages(sights, {
        everyMs: minute,
        now,
        newId: () => `outage-${outages.size + 1}`,
      });
      for (const { outage, silences } of changes) {
        outages.set(outage.id, { ...outage, version: outage.version + 1 });
        for (const silence of silences) {
          const one = silent.get(silence.hostName);
          if (one) silent.set(silence.hostName, { ...one, silence });
        }
      }
      return changes;
    },
  };
}

describe('an outage', () => {
  it('begins where one cause silences three hosts within an interval, and is stored once', () => {
    const estate = world();
    estate.fall('a', down, noon);
    estate.fall('b', { kind: 'timed-out' }, noon + 20_000);
    expect(estate.gather(noon + 2 * minute)).toEqual([]);
    estate.fall('c', { kind: 'failed', code: 'X' }, noon + minute);
    expect(estate.gather(noon + 3 * minute)).toMatchObject([
      {
        outage: { version: 0, since: noon, hosts: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] },
        silences: [{ outageId: 'outage-1' }, { outageId: 'outage-1' }, { outageId: 'outage-1' }],
      },
    ]);
    expect(estate.gather(noon + 3 * minute)).toEqual([]);
  });

  it('begins with two where there are no others, and never with one', () => {
    const estate = world();
    estate.fall('a', down, noon);
    expect(estate.gather(noon, 1)).toEqual([]);
    estate.fall('b', down, noon);
    expect(estate.gather(noon, 3)).toEqual([]);
    expect(estate.gather(noon, 2)).toMatchObject([{ outage: { hosts: [{}, {}] } }]);
  });

  it('is none where the causes differ, or the hosts fell silent one after the other', () => {
    const estate = world();
    estate.fall('a', down, noon);
    estate.fall('b', refused, noon);
    estate.fall('c', { kind: 'locked' }, noon);
    expect(estate.gather(noon)).toEqual([]);
    estate.fall('d', down, noon + 3 * minute);
    estate.fall('e', down, noon + 6 * minute);
    expect(estate.gather(noon + 9 * minute)).toEqual([]);
  });

  it('takes in who falls silent later, and not who was silent long before', () => {
    const estate = world();
    estate.fall('e', down, noon - 60 * minute);
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.fall('d', down, noon + 30 * minute);
    expect(estate.gather(noon + 31 * minute)).toMatchObject([
      { outage: { hosts: [{}, {}, {}, { name: 'd' }] } },
    ]);
    expect(estate.silent.get('e')?.silence).not.toHaveProperty('outageId');
  });

  it('tells who answers again, and is over once when nobody is left', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.answer('a');
    expect(estate.gather(noon + 2 * minute)).toMatchObject([
      {
        outage: {
          hosts: [{ left: { at: noon + 2 * minute, because: 'read' } }, {}, {}],
          state: { is: 'open' },
        },
      },
    ]);
    estate.answer('b');
    estate.answer('c');
    expect(estate.gather(noon + 3 * minute)).toMatchObject([
      { outage: { state: { is: 'over', at: noon + 3 * minute } }, silences: [] },
    ]);
    expect(estate.gather(noon + 4 * minute)).toEqual([]);
  });

  it('takes a host in again that answered once in between', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.answer('a');
    estate.gather(noon + 2 * minute);
    estate.fall('a', down, noon + 5 * minute);
    estate.gather(noon + 6 * minute);
    const [outage] = estate.lasting();
    expect(outage?.hosts.map(({ name, left }) => [name, left])).toEqual([
      ['b', undefined],
      ['c', undefined],
      ['a', undefined],
    ]);
  });

  it('has another cause once most of its hosts have', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.fall('a', refused, noon);
    expect(estate.gather(noon + 2 * minute)).toMatchObject([
      { outage: { failure: down, hosts: [{ otherSince: noon + 2 * minute }, {}, {}] }, silences: [] },
    ]);
    estate.fall('b', refused, noon);
    estate.gather(noon + 3 * minute);
    expect(estate.lasting()).toMatchObject([
      { failure: refused, hosts: [{ name: 'a' }, { name: 'b' }, { otherSince: noon + 3 * minute }] },
    ]);
    expect(estate.lasting()[0]?.hosts[0]).not.toHaveProperty('otherSince');
  });

  it('lets a host go that has a cause of its own for three intervals: its own card comes, after a wait for company', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    estate.fall('a', { kind: 'locked' }, noon);
    estate.gather(noon + 2 * minute);
    expect(estate.gather(noon + 5 * minute)).toEqual([]);
    const later = noon + 5 * minute + 1;
    expect(estate.gather(later)).toMatchObject([
      { outage: { hosts: [{ left: { because: 'other-cause' } }, { name: 'b' }, { name: 'c' }] } },
    ]);
    const { silence } = estate.silent.get('a') ?? {};
    expect(silence).toMatchObject({ tellsFrom: later + 15_000 });
    expect(silence).not.toHaveProperty('outageId');
  });

  it('keeps a host of which it cannot be read whether it is silent', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    const one = estate.silent.get('a');
    if (!one) throw new Error('a is silent');
    estate.answer('a');
    expect(estate.gather(noon + 2 * minute, 5, ['a'])).toEqual([]);
    estate.silent.set('a', one);
    expect(estate.gather(noon + 3 * minute)).toEqual([]);
  });

  it('marks a silence again whose mark an older version has dropped', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon + minute);
    const one = estate.silent.get('a');
    if (!one) throw new Error('a is silent');
    const { outageId: _dropped, ...silence } = one.silence;
    estate.silent.set('a', { ...one, silence });
    const later = noon + 2 * minute;
    expect(estate.gather(later)).toMatchObject([{ silences: [{ outageId: 'outage-1' }] }]);
    expect(estate.gather(later + minute)).toEqual([]);
  });
});

describe('the card of an outage', () => {
  it('is not edited for every host that comes and goes, and at once when all is over', () => {
    const estate = world();
    for (const name of ['a', 'b', 'c']) estate.fall(name, down, noon);
    estate.gather(noon);
    estate.answer('a');
    expect(estate.gather(noon + 9999)).toEqual([]);
    expect(estate.gather(noon + 10_000)).toHaveLength(1);
    estate.answer('b');
    estate.answer('c');
    expect(estate.gather(noon + 10_001)).toMatchObject([{ outage: { state: { is: 'over' } } }]);
  });
});

describe('whatever falls silent and answers', () => {
  const failures: readonly AzureFailure[] = [down, { kind: 'timed-out' }, refused, { kind: 'locked' }];
  const event = fc.record({
    name: fc.constantFrom(...names),
    failure: fc.constantFrom(undefined, ...failures),
    passedMs: fc.integer({ min: 0, max: 2 * minute }),
  });

  it('is in one lasting outage at most, which ends when nobody is left, and settles', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 60 }), (events) => {
        const estate = world();
        let now = noon;
        for (const { name, failure, passedMs } of events) {
          now += passedMs;
          if (failure) estate.fall(name, failure, now);
          else estate.answer(name);
          estate.gather(now);
          // Until nothing is new any more.
          for (let rounds = 0; rounds < 3; rounds += 1) estate.gather((now += 10_000));
          expect(estate.gather(now)).toEqual([]);
          const members = estate
            .lasting()
            .flatMap((outage) => silentHosts(outage).map((member) => ({ member, outage })));
          const ids = members.map(({ member }) => member.silenceId);
          expect(new Set(ids).size).toBe(ids.length);
          for (const { silence } of estate.silent.values()) {
            const own = members.find(({ member }) => member.silenceId === silence.id);
            expect(silence.outageId).toBe(own?.outage.id);
          }
          const silentIds = [...estate.silent.values()].map(({ silence }) => silence.id);
          expect(ids.filter((id) => !silentIds.includes(id))).toEqual([]);
          expect(estate.lasting().filter((outage) => silentHosts(outage).length === 0)).toEqual([]);
        }
      }),
      runs(300),
    );
  });

  it('leaves nobody alone who fell silent with two others of the same cause', () => {
    fc.assert(
      fc.property(fc.array(event, { minLength: 1, maxLength: 40 }), (events) => {
        const estate = world();
        let now = noon;
        for (const { name, failure, passedMs } of events) {
          now += passedMs;
          if (failure) estate.fall(name, failure, now);
          else estate.answer(name);
          estate.gather(now);
        }
        // What has another cause leaves by then.
        for (let rounds = 0; rounds < 6; rounds += 1) estate.gather((now += 2 * minute));
        const alone = [...estate.silent.values()].filter(({ silence }) => silence.outageId === undefined);
        const causes = new Set(estate.lasting().map(({ cause }) => cause));
        for (const one of alone) {
          const cause = causeOf(one.silence.failure, one.host);
          const together = alone.filter(
            (other) =>
              causeOf(other.silence.failure, other.host) === cause &&
              Math.abs(other.silence.since - one.silence.since) <= minute / 2,
          );
          expect(causes.has(cause) || together.length < 3).toBe(true);
        }
      }),
      runs(200),
    );
  });
});
