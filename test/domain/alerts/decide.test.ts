import { describe, expect, it } from '@jest/globals';
import type { AlertState } from '../../../src/domain/alerts/alert.ts';
import { decideAlert } from '../../../src/domain/alerts/decide.ts';
import { aHostState, anAlert, aRule, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { decide, policy, quiet, rule, snapshot, timedOut } from './decided.ts';

const second = 1000;
const day = 24 * hour;
const triedForADay = { ...timedOut, triedForMs: day };
const raise = (confirmed: boolean) => ({ do: 'raise', rule, confirmed });

describe('a session whose alert cannot be read', () => {
  it.each(['open', 'unknown', 'gone'] as const)('leads to nothing while it is %s', (sighting) => {
    const tracked = aTrackedSession({ alertId: 'alert-1' });
    for (const verdict of ['good', 'failed', 'host-gone'] as const) {
      const evaluated = { tracked, sighting, alert: undefined };
      const decision = decideAlert(snapshot(verdict), evaluated, { policy, now: noon + day });
      expect(decision).toEqual(quiet('alert-unreadable'));
    }
  });
});

describe('a session that no alert was raised for', () => {
  it.each([
    [-1, quiet('within-limit')],
    [0, raise(true)],
    [1, raise(true)],
  ])('is over its limit %d ms after it, as a reading shows', (after, expected) => {
    expect(decide(snapshot('good', { readAt: noon + after }), 'open', noon + after)).toEqual(expected);
  });

  it.each([
    [-15 * second - 1, quiet('over-limit-awaiting-a-reading')],
    [-15 * second, raise(true)],
    [-15 * second + 1, raise(true)],
    [0, raise(true)],
  ])('is confirmed by a reading begun %d ms from the threshold', (from, expected) => {
    expect(decide(snapshot('good', { readAt: noon + from }), 'open', noon)).toEqual(expected);
  });

  it.each([
    [0, quiet('over-limit-awaiting-a-reading')],
    [3 * minute - 1, quiet('over-limit-awaiting-a-reading')],
    [3 * minute, raise(false)],
    [3 * minute + 1, raise(false)],
  ])('is alerted on unconfirmed after three silent intervals: %d ms', (after, expected) => {
    const silent = snapshot('failed', { readAt: noon - minute, failing: timedOut });
    expect(decide(silent, 'unknown', noon + after)).toEqual(expected);
  });

  it('waits three intervals of its policy', () => {
    const slow = { ...policy, polling: { everyMs: hour } };
    const silent = snapshot('failed', { readAt: noon - minute, failing: timedOut });
    expect(decide(silent, 'unknown', noon + 3 * hour - 1, undefined, slow).do).toBe('nothing');
    expect(decide(silent, 'unknown', noon + 3 * hour, undefined, slow).do).toBe('raise');
  });

  it.each([
    ['no rule', { ...policy, rules: [] }, 'no-rule'],
    ['no rule that matches', { ...policy, rules: [aRule({ match: { host: 'other' } })] }, 'no-rule'],
  ])('is left alone with %s', (_what, other, because) => {
    expect(decide(snapshot('good'), 'open', noon + day, undefined, other)).toEqual(quiet(because));
  });

  it('is left alone on a host that was never read', () => {
    const { readAt: _never, ...unread } = aHostState({ failing: timedOut });
    expect(
      decide({ verdict: 'failed', hostState: unread, sightings: [] }, 'unknown', noon + 2 * day),
    ).toEqual(quiet('not-seen'));
  });

  it.each([
    ['gone', snapshot('good'), 'gone'],
    ['lost with its host', snapshot('host-gone'), 'unknown'],
    ['unknown for a day', snapshot('failed', { failing: triedForADay }), 'unknown'],
  ] as const)('ends without a word when it is %s', (_what, seen, sighting) => {
    expect(decide(seen, sighting, noon + day)).toEqual(quiet('never-alerted'));
  });
});

describe('a session that an alert was raised for', () => {
  const unconfirmed = anAlert({ state: { is: 'unconfirmed' } });

  it('is not alerted on again', () => {
    expect(decide(snapshot('good'), 'open', noon, anAlert())).toEqual(quiet('already-raised'));
    expect(decide(snapshot('failed'), 'unknown', noon, anAlert())).toEqual(quiet('already-raised'));
  });

  it('is confirmed once a reading shows it', () => {
    expect(decide(snapshot('good'), 'open', noon, unconfirmed)).toEqual({ do: 'confirm' });
    expect(decide(snapshot('failed'), 'unknown', noon, unconfirmed)).toEqual(quiet('already-raised'));
  });

  it('is in doubt once it was last seen more than three intervals ago', () => {
    const silent = snapshot('failed', { readAt: noon, failing: timedOut });
    expect(decide(silent, 'unknown', noon + 3 * minute, anAlert())).toEqual(quiet('already-raised'));
    expect(decide(silent, 'unknown', noon + 3 * minute + 1, anAlert())).toEqual({ do: 'doubt' });
    expect(decide(silent, 'unknown', noon + hour, unconfirmed)).toEqual(quiet('already-raised'));
  });

  it.each([anAlert(), unconfirmed])('ends when a reading no longer shows it', (alert) => {
    expect(decide(snapshot('good'), 'gone', noon, alert)).toEqual({ do: 'end' });
  });

  it.each([
    ['host-gone', snapshot('host-gone'), noon],
    ['unknown-too-long', snapshot('failed', { failing: triedForADay }), noon + day],
  ])('is lost sight of: %s', (why, seen, now) => {
    expect(decide(seen, 'unknown', now, anAlert())).toEqual({ do: 'lose', why });
  });

  it('is over even if the rules no longer cover it', () => {
    expect(decide(snapshot('good'), 'gone', noon, anAlert(), { ...policy, rules: [] })).toEqual({
      do: 'end',
    });
  });

  it.each<AlertState>([
    { is: 'ended', checkedAt: noon },
    { is: 'lost', at: noon, why: 'host-gone' },
  ])('is let be once its alert is $is', (state) => {
    const closed = anAlert({ state });
    for (const [seen, sighting] of [
      [snapshot('good'), 'gone'],
      [snapshot('host-gone'), 'unknown'],
    ] as const) {
      expect(decide(seen, sighting, noon + day, closed)).toEqual(quiet('already-closed'));
    }
  });

  it('is found again when it is seen after it was lost, and not after its end', () => {
    const lost = anAlert({ state: { is: 'lost', at: noon, why: 'host-gone' } });
    expect(decide(snapshot('good'), 'open', noon + day, lost)).toEqual({ do: 'find-again' });
    const ended = anAlert({ state: { is: 'ended', checkedAt: noon } });
    expect(decide(snapshot('good'), 'open', noon + day, ended)).toEqual(quiet('already-closed'));
  });
});

describe('after the bot was off for a day', () => {
  const before = { readAt: noon - day, triedAt: noon - day };

  it('one reading that fails raises nothing: the host is given its three intervals', () => {
    const silent = snapshot('failed', { ...before, failing: timedOut });
    expect(decide(silent, 'unknown', noon)).toEqual(quiet('over-limit-awaiting-a-reading'));
    expect(decide(silent, 'unknown', noon + 3 * minute)).toEqual(raise(false));
  });

  it('and loses nothing', () => {
    const silent = snapshot('failed', { ...before, failing: { ...timedOut, triedForMs: 3 * minute } });
    expect(decide(silent, 'unknown', noon, anAlert())).toEqual({ do: 'doubt' });
  });
});
