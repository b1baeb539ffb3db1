import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { evaluate } from '../../../src/domain/alerts/evaluate.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import type { Snapshot } from '../../../src/domain/sessions/snapshot.ts';
import { recall } from '../../../src/domain/sessions/snapshot.ts';
import { aHostState, anAlert, aSession, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import { counting, policy } from './evaluated.ts';

const byId = (...alerts: Alert[]) => new Map(alerts.map((alert) => [alert.id, alert]));
const evaluateAt = (now: number, snapshot: Snapshot, ...alerts: Alert[]) =>
  evaluate(snapshot, { alerts: byId(...alerts) }, { policy, now, newId: counting('alert') });
const alerted = aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] });
const goneFrom = (hostState: HostState, readAt: number): Snapshot => ({
  verdict: 'good',
  hostState: { ...hostState, readAt, trackedSessions: [] },
  sightings: hostState.trackedSessions.map((tracked) => ({ tracked, sighting: 'gone' })),
});

describe('the evaluation', () => {
  it('raises an alert with everything its card needs, and notes it at the session', () => {
    const { alerts, hostState, forgetHost } = evaluateAt(noon + 5, recall(aHostState()));
    expect(alerts).toEqual([
      anAlert({ id: 'alert-1', raisedAt: noon + 5, seenAt: noon, state: { is: 'open' } }),
    ]);
    expect(hostState.trackedSessions).toEqual([aTrackedSession({ alertId: 'alert-1' })]);
    expect(forgetHost).toBe(false);
  });

  it('raises from the last good reading when the host stays silent', () => {
    const readAt = noon - minute;
    const failing = { since: noon, failure: { kind: 'timed-out' } } as const;
    const { alerts } = evaluateAt(noon + 3 * minute, recall(aHostState({ readAt, failing })));
    expect(alerts).toEqual([
      anAlert({ raisedAt: noon + 3 * minute, seenAt: readAt, state: { is: 'unconfirmed' } }),
    ]);
  });

  it('confirms with the reading that shows the session', () => {
    const unconfirmed = anAlert({ seenAt: noon - hour, state: { is: 'unconfirmed' } });
    expect(evaluateAt(noon, recall(alerted), unconfirmed).alerts).toEqual([anAlert({ seenAt: noon })]);
  });

  it('remembers what is over and whose alert cannot be read, and ends that when it can be', () => {
    const owing = evaluateAt(noon, goneFrom(alerted, noon));
    expect(owing).toMatchObject({
      alerts: [],
      hostState: { trackedSessions: [], alertsToEnd: alerted.trackedSessions },
    });
    const still = evaluateAt(noon + minute, recall(owing.hostState));
    expect(still.hostState).toEqual(owing.hostState);
    const { hostState, alerts } = evaluateAt(noon + minute, recall(owing.hostState), anAlert());
    expect(alerts).toMatchObject([{ id: 'alert-1', state: { is: 'ended', checkedAt: noon } }]);
    expect(hostState).not.toHaveProperty('alertsToEnd');
  });

  it('forgets no host while what is open of it cannot be read', () => {
    const gone = (hostState: HostState): Snapshot => ({ ...recall(hostState), verdict: 'host-gone' });
    expect(evaluateAt(noon, gone(alerted))).toMatchObject({
      forgetHost: false,
      hostState: { trackedSessions: [{}] },
    });
    const silent = aHostState({ trackedSessions: [], silenceId: 'silence-1' });
    expect(evaluateAt(noon, gone(silent))).toMatchObject({
      forgetHost: false,
      hostState: { silenceId: 'silence-1' },
    });
  });

  it('ends with the reading that no longer shows the session', () => {
    const { alerts } = evaluateAt(noon + 9, goneFrom(alerted, noon + 5), anAlert());
    expect(alerts).toEqual([anAlert({ state: { is: 'ended', checkedAt: noon + 5 } })]);
  });

  it('loses the alerts of a host that is gone, and forgets it', () => {
    const snapshot: Snapshot = { ...recall(alerted), verdict: 'host-gone' };
    const { alerts, hostState, forgetHost } = evaluateAt(noon, snapshot, anAlert());
    expect(alerts).toEqual([anAlert({ state: { is: 'lost', at: noon, why: 'host-gone' } })]);
    expect(hostState.trackedSessions).toEqual([]);
    expect(forgetHost).toBe(true);
  });

  it('gives up the sessions of a host silent for a day, and keeps the host', () => {
    const failing = { since: noon, failure: { kind: 'timed-out' }, triedForMs: 24 * hour } as const;
    const { alerts, hostState, forgetHost } = evaluateAt(
      noon + 24 * hour,
      recall({ ...alerted, failing }),
      anAlert(),
    );
    expect(alerts).toMatchObject([{ state: { is: 'lost', why: 'unknown-too-long' } }]);
    expect(hostState.trackedSessions).toEqual([]);
    expect(forgetHost).toBe(false);
  });

  it('says why for every session, also where nothing is done', () => {
    const young = aTrackedSession({
      ref: 'ref-2',
      session: aSession({ sessionId: 'session-2', startedAt: noon }),
    });
    const { decisions } = evaluateAt(
      noon,
      recall(aHostState({ trackedSessions: [aTrackedSession(), young] })),
    );
    expect(decisions).toMatchObject([
      { tracked: { ref: 'ref-1' }, decision: { do: 'raise' } },
      { tracked: { ref: 'ref-2' }, decision: { do: 'nothing', because: 'within-limit' } },
    ]);
  });
});
