import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { handle, longestSnoozeMs } from '../../../src/domain/alerts/handle.ts';
import type { Handling, Snooze } from '../../../src/domain/alerts/handling.ts';
import { wake, wakesAt } from '../../../src/domain/alerts/wake.ts';
import type { Failing, HostState } from '../../../src/domain/sessions/host-state.ts';
import { aHostState, anAlert, aPolicy, hour, minute, noon } from '../../support/build.ts';
import { eachTheirOwn } from '../../support/identities.ts';
import { runs } from '../../support/runs.ts';

/** Reads every minute. */
const policy = aPolicy();
const snooze: Snooze = { by: 'U0ALICE', at: noon, until: noon + hour, reason: 'backup runs' };
const snoozed: Handling = { is: 'snoozed', ...snooze };
const woken: Handling = { is: 'woken', ...snooze };
const alert = anAlert({ handling: snoozed });
const end = noon + hour;

const read = (readAt: number, overrides: Partial<HostState> = {}) =>
  aHostState({ readAt, triedAt: readAt, ...overrides });
const failing = (since: number): Failing => ({ since, failure: { kind: 'timed-out' } });

describe('a snooze', () => {
  it('ends by itself at its moment, and not before', () => {
    expect(wakesAt(alert)).toBe(end);
    expect(wake(alert, read(end - 1), { policy, now: end - 1 })).toBeUndefined();
    const late = end + 3 * minute;
    expect(wake(alert, read(late), { policy, now: late })?.next).toEqual({
      ...alert,
      handling: woken,
      steps: [{ did: 'woken', at: late }],
    });
  });

  it.each<[string, Partial<Alert>]>([
    ['a session that has ended', { state: { is: 'ended', checkedAt: noon } }],
    ['an alert that the rules lifted', { state: { is: 'lifted', at: noon } }],
    ['an alert that was acknowledged since', { handling: { is: 'acknowledged', by: 'U0BOB', at: noon } }],
    ['an alert that woke already', { handling: woken }],
  ])('does not wake %s', (_, overrides) => {
    const other = { ...alert, ...overrides };
    expect(wakesAt(other)).toBeUndefined();
    expect(wake(other, read(end), { policy, now: noon + 2 * hour })).toBeUndefined();
  });

  it('wakes an alert whose host does not answer too', () => {
    expect(wakesAt({ ...alert, state: { is: 'unconfirmed' } })).toBe(end);
  });
});

describe('a snooze that ends while its host is silent', () => {
  const readAt = end - 2 * minute;

  it.each<[string, HostState | undefined, number]>([
    [
      'does not answer',
      aHostState({ readAt, triedAt: end - minute, failing: failing(end - minute) }),
      readAt,
    ],
    [
      'wants to be asked later',
      aHostState({
        readAt,
        triedAt: end - hour,
        failing: { since: end - hour, failure: { kind: 'throttled', retryAt: end + minute } },
      }),
      readAt,
    ],
    ['is known no more', undefined, alert.seenAt],
  ])('says so where the host %s', (_, hostState, seenAt) => {
    expect(wake(alert, hostState, { policy, now: end })?.next).toMatchObject({
      handling: { is: 'woken' },
      state: { is: 'unconfirmed' },
      seenAt,
    });
  });

  it.each<[string, HostState]>([
    ['was off', read(end - 24 * hour)],
    ['was off, and the host silent before', read(end - 25 * hour, { failing: failing(end - 25 * hour) })],
    ['has to look twice', read(end - minute, { doubtfulSince: end - minute })],
  ])('waits for the next reading where the bot %s', (_, hostState) => {
    expect(wake(alert, hostState, { policy, now: end + minute })).toBeUndefined();
  });
});

describe('whatever is clicked, and whenever', () => {
  const verb = fc.oneof(
    fc.record({ do: fc.constantFrom('acknowledge' as const, 'unacknowledge' as const, 'unsnooze' as const) }),
    fc.record({
      do: fc.constant('snooze' as const),
      until: fc.integer({ min: noon - hour, max: noon + 9 * 24 * hour }),
      reason: fc.constant('x'),
    }),
    fc.constant({ do: 'pass' as const }),
  );

  it('an alert wakes at the end of its snooze, never longer than a week after the click, and keeps its session state', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(verb, fc.nat({ max: 2 * hour })), { maxLength: 12 }), (clicks) => {
        let alert = anAlert();
        let at = noon;
        for (const [click, passedMs] of clicks) {
          at += passedMs;
          alert = wake(alert, read(at), { policy, now: at })?.next ?? alert;
          if (click.do === 'pass') continue;
          const decision = handle(alert, click, { handler: { id: 'U0BOB', known: eachTheirOwn }, now: at });
          if (decision.accepted) alert = decision.next;
          const wakes = wakesAt(alert);
          expect(wakes === undefined || (wakes > at && wakes <= at + longestSnoozeMs)).toBe(true);
          expect(alert.state).toEqual({ is: 'open' });
        }
      }),
      runs(100),
    );
  });
});
