import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { decideAlert } from '../../../src/domain/alerts/decide.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { attentionOf, nextDueAt, overLimitMs, warnAt } from '../../../src/domain/sessions/limits.ts';
import {
  aHostState,
  aPolicy,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';

const limit = { warnAfterMs: hour };
const policy = aPolicy({ rules: [aRule(limit)] });
const opened = (startedAt: number) => aSession({ startedAt });

describe('the due time of a session', () => {
  it('is its limit after its start', () => {
    expect(warnAt(opened(noon), limit)).toBe(noon + hour);
  });

  it.each(['given', 'duration', 'reading'] as const)(
    'counts from the start that was noted, be it %s',
    (startedAtFrom) => {
      const session = aSession({ startedAt: noon, startedAtFrom });
      expect(warnAt(session, limit)).toBe(noon + hour);
      expect(attentionOf(session, limit, noon + hour - 1)).toBe('near-limit');
      expect(attentionOf(session, limit, noon + hour)).toBe('over-limit');
    },
  );

  it.each([
    ['none', noon + 0.8 * hour - 1],
    ['near-limit', noon + 0.8 * hour],
    ['near-limit', noon + hour - 1],
    ['over-limit', noon + hour],
    ['none', noon - minute],
  ] as const)('makes it %s at %d', (attention, now) => {
    expect(attentionOf(opened(noon), limit, now)).toBe(attention);
  });

  it('is none where no rule takes it', () => {
    expect(attentionOf(opened(noon), undefined, noon + 1000 * hour)).toBe('none');
  });

  it('is never reached where the limit is longer than anybody lives', () => {
    expect(attentionOf(opened(noon), { warnAfterMs: Number.MAX_SAFE_INTEGER }, noon + 1000 * hour)).toBe(
      'none',
    );
  });

  it.each([
    [noon + hour + minute, minute],
    [noon + hour, 0],
    [noon + minute, minute - hour],
    // A clock that was set back.
    [noon - minute, -hour],
  ])('is at %d passed by %d ms', (now, overMs) => {
    expect(overLimitMs(opened(noon), limit, now)).toBe(overMs);
  });
});

describe('a limit', () => {
  it('is reached for lists, for alerts and for the extra poll at the same moment', () => {
    const inMs = fc.integer({ min: -3, max: 3 });
    const warnAfter = fc.oneof(
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(minute, hour, Number.MAX_SAFE_INTEGER),
    );
    fc.assert(
      fc.property(warnAfter, inMs, fc.boolean(), (warnAfterMs, offMs, atStart) => {
        const rule = aRule({ warnAfterMs });
        const tracked = aTrackedSession({ session: opened(noon) });
        const now = noon + offMs + (atStart ? 0 : warnAfterMs);
        const ours = aPolicy({ rules: [rule] });
        const hostState = aHostState({ readAt: now, trackedSessions: [tracked] });
        const isReached = now >= warnAt(tracked.session, rule);
        expect(attentionOf(tracked.session, rule, now) === 'over-limit').toBe(isReached);
        expect(overLimitMs(tracked.session, rule, now) >= 0).toBe(isReached);
        expect(nextDueAt(hostState, { policy: ours, now }, Infinity) === undefined).toBe(isReached);
        const snapshot = { verdict: 'good', hostState, sightings: [] } as const;
        const evaluated = { tracked, sighting: 'open', alert: undefined } as const;
        expect(decideAlert(snapshot, evaluated, { policy: ours, now }).do === 'raise').toBe(isReached);
      }),
    );
  });
});

describe('the next due time of a host', () => {
  const until = noon + 2 * minute;
  const startedFor = (dueAt: number) => aSession({ startedAt: dueAt - hour });
  const nextOf = (...trackedSessions: HostState['trackedSessions']) =>
    nextDueAt(aHostState({ trackedSessions }), { policy, now: noon }, until);

  it.each([
    [noon, undefined],
    [noon + 1, noon + 1],
    [until, until],
    [until + 1, undefined],
  ])('of a session that is due at %d', (dueAt, expected) => {
    expect(nextOf(aTrackedSession({ session: startedFor(dueAt) }))).toBe(expected);
  });

  it('is the earliest', () => {
    const sessions = [noon + 300, noon + 100, noon + 200].map((at) =>
      aTrackedSession({ session: startedFor(at) }),
    );
    expect(nextOf(...sessions)).toBe(noon + 100);
  });

  it('passes over a session that an alert was raised for, unless the rules lifted it', () => {
    const session = startedFor(noon + 1);
    expect(nextOf(aTrackedSession({ session, alertId: 'alert-1' }))).toBeUndefined();
    expect(nextOf(aTrackedSession({ session, liftedAlertId: 'alert-1' }))).toBe(noon + 1);
  });

  it('passes over a session that no rule covers', () => {
    const hostState = aHostState({ trackedSessions: [aTrackedSession({ session: startedFor(noon + 1) })] });
    expect(nextDueAt(hostState, { policy: { ...policy, rules: [] }, now: noon }, until)).toBeUndefined();
  });

  it('is none without sessions', () => {
    expect(nextOf()).toBeUndefined();
  });
});
