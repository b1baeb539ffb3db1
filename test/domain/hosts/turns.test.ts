import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isDue, lastTurnToBeDue, overdueMs, placeMs, turnTaken } from '../../../src/domain/hosts/turns.ts';
import { aHost, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';
import type { Begun } from './simulated-polling.ts';
import { simulatedPolling } from './simulated-polling.ts';

const second = 1000;
const hostId = aHost().id;
const everyMs = minute;
/** A turn for the host's own place in the interval. */
const inPlace = noon + placeMs(hostId, everyMs);

const taken = (lastFor: number | undefined, now: number) => turnTaken({ hostId, lastFor, everyMs }, now);

describe('a turn', () => {
  it('comes an interval after the moment that the last one was for, or at once where that lies ahead', () => {
    expect(isDue(noon, everyMs, noon + minute - 1)).toBe(false);
    expect(isDue(noon, everyMs, noon + minute)).toBe(true);
    expect(isDue(noon, everyMs, noon)).toBe(false);
    expect(isDue(noon, everyMs, noon - 1)).toBe(true);
    expect(overdueMs(noon, everyMs, noon + minute + 5)).toBe(5);
    expect(overdueMs(noon, everyMs, noon - 5 * minute)).toBe(0);
  });

  it('that is not due is not taken', () => {
    expect(taken(noon, noon)).toBeUndefined();
    expect(taken(noon, noon + minute - 1)).toBeUndefined();
  });

  it.each([0, 5 * second])('keeps the rhythm of its host when it is taken %d ms after it came', (lateMs) => {
    expect(taken(inPlace, inPlace + minute + lateMs)).toBe(inPlace + minute);
  });

  it('is for the moment at which it is taken when that is later, or the first, or of another clock', () => {
    const late = inPlace + minute + 5 * second + 1;
    expect(taken(inPlace, late)).toBe(late);
    expect(taken(undefined, noon)).toBe(noon);
    expect(taken(noon + minute, noon)).toBe(noon);
  });

  it('may be put off by an interval, and brought forward by any time', () => {
    const due = (at: number) => lastTurnToBeDue(at, everyMs, noon) + everyMs;
    expect(due(noon - minute)).toBe(noon - minute);
    expect(due(noon + 30 * second)).toBe(noon + 30 * second);
    expect(due(noon + 10 * minute)).toBe(noon + minute);
  });

  it('has a place in the interval for each host, spread over all of it', () => {
    const places = Array.from({ length: 600 }, (_, index) => placeMs(`/hosts/host-${index}`, everyMs));
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const there = places.filter((place) => Math.floor(place / (6 * second)) === tenth).length;
      expect(there).toBeGreaterThan(30);
      expect(there).toBeLessThan(90);
    }
  });
});

describe('the turns of many hosts', () => {
  it('spread over the interval by themselves when they were late together', () => {
    const { run, begun } = simulatedPolling({ hosts: 120, everyMs, atOnce: 50, readMs: () => 300 });
    run(11 * minute - 1);
    const last = begun.filter(({ at }) => at >= noon + 10 * minute);
    expect(last).toHaveLength(120);
    for (let quarter = 0; quarter < 4; quarter += 1) {
      const there = last.filter(({ at }) => Math.floor(((at - noon) % everyMs) / (15 * second)) === quarter);
      expect(there.length).toBeGreaterThan(15);
    }
  });

  const world = fc.record({
    hosts: fc.integer({ min: 20, max: 120 }),
    atOnce: fc.integer({ min: 1, max: 10 }),
    readsMs: fc.array(fc.integer({ min: 20 * second, max: 58 * second }), { minLength: 7, maxLength: 40 }),
  });

  it('go round in a circle under backlog: no host is read twice before every other one is read once', () => {
    fc.assert(
      fc.property(world, ({ hosts, atOnce, readsMs }) => {
        fc.pre(Math.floor(hosts / atOnce) * Math.min(...readsMs) > 1.2 * everyMs);
        const { run, begun } = simulatedPolling({ hosts, everyMs, atOnce, readMs: inTurn(readsMs) });
        run(15 * minute);
        expect(mostDifference(begun, hosts)).toBeLessThanOrEqual(1);
      }),
      runs(60),
    );
  });

  it('come to every host that waits, also while the reads of some outlast the interval', () => {
    fc.assert(
      fc.property(world, fc.integer({ min: 1, max: 4 }), ({ hosts, atOnce, readsMs }, slower) => {
        const readMs = inTurn(readsMs.map((ms) => ms * slower - 20 * second));
        const { run, begun } = simulatedPolling({ hosts, everyMs, atOnce, readMs });
        run(15 * minute);
        expect(unreadBetweenTwo(begun)).toEqual([]);
      }),
      runs(60),
    );
  });

  it('come to every host within an interval of a clock that was put forward or back', () => {
    const jump = fc.integer({ min: -20, max: 20 }).map((minutes) => minutes * minute + 17);
    fc.assert(
      fc.property(fc.array(jump, { minLength: 1, maxLength: 5 }), fc.nat(minute), (jumps, restMs) => {
        const polling = simulatedPolling({ hosts: 30, everyMs, atOnce: 50, readMs: () => 300 });
        polling.run(5 * minute + restMs);
        for (const jumpMs of jumps) {
          polling.jump(jumpMs);
          const before = polling.begun.length;
          polling.run(everyMs + 2 * second);
          const since = new Set(polling.begun.slice(before).map(({ host }) => host));
          expect(since.size).toBe(30);
        }
      }),
      runs(100),
    );
  });
});

function inTurn(readsMs: readonly number[]) {
  return (times: number) => Math.max(1, readsMs[times % readsMs.length] ?? 1);
}

/** Over all moments, by how much the host read most often is ahead of the one read least often. */
function mostDifference(begun: readonly Begun[], hosts: number): number {
  const counts = new Map<string, number>();
  let most = 0;
  for (const { host } of begun) {
    counts.set(host, (counts.get(host) ?? 0) + 1);
    const least = counts.size < hosts ? 0 : Math.min(...counts.values());
    most = Math.max(most, (counts.get(host) ?? 0) - least);
  }
  return most;
}

/** Hosts that waited for their turn while another one was read twice. */
function unreadBetweenTwo(begun: readonly Begun[]): readonly string[] {
  const found: string[] = [];
  const lastRead = new Map<string, Begun>();
  for (const read of begun) {
    const before = lastRead.get(read.host);
    for (const [host, other] of before ? lastRead : []) {
      const isWaiting = before && other.at + everyMs <= before.at && other.endedAt < before.at;
      if (host !== read.host && isWaiting) found.push(host);
    }
    lastRead.set(read.host, read);
  }
  return found;
}
