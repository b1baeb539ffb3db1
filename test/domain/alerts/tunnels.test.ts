import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { isOpen } from '../../../src/domain/alerts/alert.ts';
import { evaluate } from '../../../src/domain/alerts/evaluate.ts';
import { unreadHostState } from '../../../src/domain/sessions/host-state.ts';
import type { ReadingResult } from '../../../src/domain/sessions/reading.ts';
import { observe } from '../../../src/domain/sessions/snapshot.ts';
import { aHost, aPolicy, aRule, aSession, hour, minute, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });
/** All of one tunnel, open for an hour at noon. */
const leftovers = ['a', 'b', 'c', 'd'].map((sessionId) => aSession({ sessionId }));

/** A host that is read again and again, and all alerts that its readings have raised. */
function life() {
  const alerts = new Map<string, Alert>();
  let hostState = unreadHostState(aHost());
  let counter = 0;
  let ids = 0;
  const newId = () => `id-${(ids += 1)}`;
  return {
    alerts,
    read(result: ReadingResult, at: number, inForce = policy) {
      counter += 1;
      const reading = { hostId: aHost().id, counter, begunAt: at, result };
      const snapshot = observe(hostState, reading, { newRef: newId, everyMs: minute });
      const evaluation = evaluate(snapshot, { alerts }, { policy: inForce, now: at, newId });
      for (const alert of evaluation.alerts) alerts.set(alert.id, { ...alert, version: alert.version + 1 });
      ({ hostState } = evaluation);
      return snapshot.verdict;
    },
    open: () => [...alerts.values()].filter(isOpen),
    followed: () => hostState.trackedSessions,
  };
}

const shown = (...names: readonly string[]): ReadingResult => ({
  ok: true,
  sessions: leftovers.filter(({ sessionId }) => names.includes(sessionId)),
});

describe('sessions of one tunnel', () => {
  it('have one alert, which counts them', () => {
    const host = life();
    host.read(shown('a', 'b', 'c'), noon);
    expect([...host.alerts.values()]).toMatchObject([{ session: { sessionId: 'a' }, alike: 3 }]);
    host.read(shown('a', 'c'), noon + minute);
    expect(host.open()).toMatchObject([{ session: { sessionId: 'a' }, alike: 2, version: 2 }]);
    host.read(shown('a', 'c'), noon + 2 * minute);
    expect(host.open()).toMatchObject([{ version: 2 }]);
  });

  it('hand the alert on when the one is over for which it was raised, as somebody has handled it', () => {
    const host = life();
    host.read(shown('a', 'b', 'c'), noon);
    const [raised] = host.open();
    if (!raised) throw new Error('no alert was raised');
    const acknowledged = { ...raised, handling: { is: 'acknowledged', by: 'U0ALICE', at: noon } } as const;
    host.alerts.set(raised.id, acknowledged);
    host.read(shown('b'), noon + minute);
    expect([...host.alerts.values()]).toMatchObject([
      { id: raised.id, session: { sessionId: 'b' }, handling: { is: 'acknowledged' } },
    ]);
    expect(host.open()[0]).not.toHaveProperty('alike');
    expect(host.followed()).toMatchObject([{ ref: host.open()[0]?.ref, alertId: raised.id }]);
  });

  it('keep the alerts that each of them has had before', () => {
    const host = life();
    const apart = leftovers.map((session, index) => ({ ...session, startedAt: noon - hour - index * 1000 }));
    host.read({ ok: true, sessions: apart }, noon);
    expect(host.open()).toHaveLength(4);
    // Azure says by now that all of them began together.
    host.alerts.forEach((alert) =>
      host.alerts.set(alert.id, { ...alert, session: leftovers[0] ?? alert.session }),
    );
    host.read({ ok: true, sessions: apart }, noon + minute);
    expect(host.open()).toHaveLength(4);
  });

  it('have as many alerts as there are starts, logins and machines', () => {
    const host = life();
    const [one, two, three, four] = leftovers;
    if (!one || !two || !three || !four) throw new Error('four are built');
    const sessions = [
      one,
      { ...two, startedAt: one.startedAt - 1000 },
      { ...three, vmLogin: 'dba' },
      { ...four, vm: { name: 'vm-web-2' } },
    ];
    host.read({ ok: true, sessions }, noon);
    expect(host.open()).toHaveLength(4);
  });

  it('have one open alert while one of them is open, whatever ends and comes back, and none after', () => {
    const reading = fc.oneof(
      { weight: 5, arbitrary: fc.subarray(leftovers).map((sessions) => ({ ok: true as const, sessions })) },
      { weight: 1, arbitrary: fc.constant({ ok: false as const, failure: { kind: 'timed-out' as const } }) },
    );
    const rules = fc.constantFrom(policy, policy, policy, aPolicy({ rules: [] }));
    fc.assert(
      fc.property(fc.array(fc.tuple(reading, rules), { minLength: 1, maxLength: 30 }), (readings) => {
        const host = life();
        for (const [index, [result, inForce]] of readings.entries()) {
          const verdict = host.read(result, noon + index * minute, inForce);
          if (verdict !== 'good') continue;
          const followed = host.followed().length;
          const isLimited = inForce.rules.length > 0;
          expect(host.open()).toHaveLength(followed > 0 && isLimited ? 1 : 0);
          expect(host.open().map(({ alike = 1 }) => alike)).toEqual(host.open().map(() => followed));
        }
      }),
      runs(200),
    );
  });
});
