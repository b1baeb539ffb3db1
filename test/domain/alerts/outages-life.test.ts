import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { silentHosts } from '../../../src/domain/alerts/outage.ts';
import { causeOf } from '../../../src/domain/alerts/outage-cause.ts';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import { down, names, refused, world } from './founded.ts';

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
