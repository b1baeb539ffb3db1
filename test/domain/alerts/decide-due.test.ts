import { describe, expect, it } from '@jest/globals';
import { anAlert, aPolicy, aRule, hour, minute, noon } from '../../support/build.ts';
import { decide, quiet, snapshot, timedOut } from './decided.ts';

describe('once the rules have changed', () => {
  const later = aRule({ name: 'longer', warnAfterMs: 2 * hour });
  const raised = aPolicy({ rules: [later] });
  const lifted = anAlert({ state: { is: 'lifted', at: noon } });
  const seen = (now: number) => snapshot('good', { readAt: now });

  it('an alert goes with its rule', () => {
    const removed = aPolicy({ rules: [] });
    expect(decide(seen(noon), 'open', noon, anAlert(), removed)).toEqual({ do: 'lift', limit: undefined });
    const silent = snapshot('failed', { failing: timedOut });
    expect(decide(silent, 'unknown', noon, anAlert(), removed)).toMatchObject({ do: 'lift' });
  });

  it('and where the limit is longer now, until it is over that', () => {
    expect(decide(seen(noon), 'open', noon, anAlert(), raised)).toEqual({ do: 'lift', limit: later });
    const over = noon + hour;
    expect(decide(seen(over), 'open', over, anAlert(), raised)).toEqual(quiet('already-raised'));
  });

  it('stays where the limit is the same under another name, or shorter, or its start is known better', () => {
    const renamed = aPolicy({ rules: [aRule({ name: 'renamed', warnAfterMs: hour })] });
    expect(decide(seen(noon), 'open', noon, anAlert(), renamed)).toEqual(quiet('already-raised'));
    const shorter = aPolicy({ rules: [aRule({ warnAfterMs: minute })] });
    expect(decide(seen(noon), 'open', noon, anAlert(), shorter)).toEqual(quiet('already-raised'));
    expect(decide(seen(noon), 'open', noon - minute, anAlert())).toEqual(quiet('already-raised'));
  });

  it('a new alert comes at the longer limit', () => {
    const crossesAt = noon + hour;
    expect(decide(seen(crossesAt - 1), 'open', crossesAt - 1, lifted, raised)).toEqual(
      quiet('already-closed'),
    );
    expect(decide(seen(crossesAt), 'open', crossesAt, lifted, raised)).toEqual({
      do: 'raise',
      rule: later,
      confirmed: true,
    });
  });

  it('the same alert is back with its rule, so that replicas with different rules post no second card', () => {
    expect(decide(seen(noon), 'open', noon, lifted)).toEqual({ do: 'restore', confirmed: true });
  });

  it('a session that ends, or is lost sight of, changes nothing any more', () => {
    expect(decide(seen(noon), 'gone', noon, lifted)).toEqual(quiet('already-closed'));
    expect(decide(snapshot('host-gone'), 'unknown', noon, lifted)).toEqual(quiet('already-closed'));
  });
});
