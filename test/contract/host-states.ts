import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { HostState } from '../../src/domain/sessions/host-state.ts';
import { unreadHostState } from '../../src/domain/sessions/host-state.ts';
import type { Stores } from '../../src/ports/ports.ts';
import type { Saved } from '../../src/ports/saved.ts';
import { aHost, aHostState, anAlert, aSession, aTrackedSession, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const host = aHost();
const tracked = aTrackedSession();
const alert = anAlert();
const alertCard = { kind: 'card', key: { card: 'alert', id: alert.id } } as const;
const read = aHostState({ version: 0, trackedSessions: [tracked] });

export function hostStatesContract(newSubject: NewSubject): void {
  describe('host states', () => {
    async function newHostStates(): Promise<Stores> {
      const { stores } = await newSubject();
      await stores.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
      return stores;
    }
    async function load({ hostStates }: Stores): Promise<HostState> {
      const hostState = await hostStates.get(host.id);
      if (!hostState) throw new Error('the host is not known');
      return hostState;
    }

    async function forget(
      { hostStates }: Stores,
      before: HostState,
      alerts: readonly Alert[] = [],
    ): Promise<Saved> {
      const lost = before.trackedSessions.map((each) => ({ ...each, lostAt: noon }));
      return hostStates.forget(before, { ...before, trackedSessions: [], lost }, alerts);
    }

    it('know a host that was found and never read', async () => {
      const { hostStates } = await newHostStates();
      expect(await hostStates.get(host.id)).toEqual(unreadHostState(host));
      expect(await hostStates.all()).toEqual([unreadHostState(host)]);
    });

    it('know nothing of a host that was never found', async () => {
      const { hostStates } = await newHostStates();
      expect(await hostStates.get(aHost({ name: 'other' }).id)).toBeUndefined();
      expect(await hostStates.find('ref-1')).toBeUndefined();
    });

    it('give back what was saved, one version on', async () => {
      const stores = await newHostStates();
      const full = {
        ...read,
        failing: {
          since: noon,
          failure: { kind: 'throttled', retryAt: noon, of: 'subscription', reference: 'r' },
          goneSince: noon,
        },
        doubtfulSince: noon,
        missedAt: noon,
        lost: [{ ...aTrackedSession({ ref: 'ref-3' }), lostAt: noon }],
        trackedSessions: [
          { ...tracked, alertId: alert.id },
          aTrackedSession({
            ref: 'ref-2',
            session: aSession({ clientAddress: '192.0.2.1', resourceType: 'VMSS' }),
          }),
        ],
      } as const;
      expect(await stores.hostStates.save(await load(stores), full, [])).toBe('saved');
      expect(await stores.hostStates.all()).toEqual([{ ...full, version: 1 }]);
    });

    it('take away what a later state no longer holds', async () => {
      const stores = await newHostStates();
      const failing = { since: noon, failure: { kind: 'busy' } } as const;
      await stores.hostStates.save(await load(stores), { ...read, failing }, []);
      await stores.hostStates.save(await load(stores), { ...read, version: 1, trackedSessions: [] }, []);
      expect(await load(stores)).toEqual({ ...read, version: 2, trackedSessions: [] });
      expect(await stores.hostStates.find(tracked.ref)).toBeUndefined();
    });

    it('show a changed session under its old ref, and the others unchanged', async () => {
      const stores = await newHostStates();
      const other = aTrackedSession({ ref: 'ref-2', session: aSession({ sessionId: 'session-2' }) });
      await stores.hostStates.save(await load(stores), { ...read, trackedSessions: [tracked, other] }, []);
      const named = { ...tracked, session: aSession({ vmLogin: 'root' }) };
      await stores.hostStates.save(
        await load(stores),
        { ...read, version: 1, trackedSessions: [named, other] },
        [],
      );
      expect((await stores.hostStates.find(tracked.ref))?.tracked).toEqual(named);
      expect((await stores.hostStates.find(other.ref))?.tracked).toEqual(other);
    });

    it('keep the sessions through polls that change none', async () => {
      const stores = await newHostStates();
      await stores.hostStates.save(await load(stores), read, []);
      for (const counter of [2, 3]) {
        const before = await load(stores);
        await stores.hostStates.save(before, { ...before, lastCounter: counter, readAt: noon + minute }, []);
      }
      expect(await load(stores)).toEqual({ ...read, version: 3, lastCounter: 3, readAt: noon + minute });
      expect((await stores.hostStates.find(tracked.ref))?.hostState.lastCounter).toBe(3);
    });

    it('have one winner among fifty saves at once', async () => {
      const stores = await newHostStates();
      const before = await load(stores);
      const saved = await atOnce(50, async (index) =>
        stores.hostStates.save(before, { ...read, lastCounter: index + 1 }, []),
      );
      expect(saved.filter((each) => each === 'saved')).toHaveLength(1);
      expect((await load(stores)).lastCounter).toBe(saved.indexOf('saved') + 1);
    });

    it('store an alert and make its card due in the step that raises it', async () => {
      const stores = await newHostStates();
      await stores.hostStates.save(await load(stores), read, [alert]);
      expect(await stores.alerts.get(alert.id)).toEqual({ ...alert, version: 1 });
      expect(await stores.due.by(noon, 10)).toEqual([alertCard]);
    });

    it('write nothing at all where one alert has changed meanwhile', async () => {
      const stores = await newHostStates();
      await stores.hostStates.save(await load(stores), read, [alert]);
      const before = await load(stores);
      const ended = anAlert({ version: 1, state: { is: 'ended', checkedAt: noon } });
      const fresh = anAlert({ id: 'alert-2' });
      const outdated = { ...ended, version: 0 };
      const after = { ...before, trackedSessions: [] };
      expect(await stores.hostStates.save(before, after, [fresh, outdated])).toBe('conflict');
      expect(await load(stores)).toEqual(before);
      expect(await stores.alerts.many(['alert-1', 'alert-2'])).toEqual([{ ...alert, version: 1 }]);
      expect(await stores.hostStates.save(before, after, [fresh, ended])).toBe('saved');
      expect((await stores.alerts.get(alert.id))?.state.is).toBe('ended');
    });

    it('write no alert where the host has changed meanwhile', async () => {
      const stores = await newHostStates();
      const before = await load(stores);
      await stores.hostStates.save(before, read, []);
      expect(await stores.hostStates.save(before, read, [alert])).toBe('conflict');
      expect(await stores.alerts.get(alert.id)).toBeUndefined();
      expect(await stores.due.by(noon, 10)).toEqual([]);
    });

    it('forget a host with all that hangs on it, and end its alerts', async () => {
      const stores = await newHostStates();
      await stores.hostStates.save(await load(stores), read, [alert]);
      const lost = anAlert({ version: 1, state: { is: 'lost', at: noon, why: 'host-gone' } });
      expect(await forget(stores, await load(stores), [lost])).toBe('saved');
      expect(await stores.hostStates.get(host.id)).toBeUndefined();
      expect(await stores.hostStates.all()).toEqual([]);
      expect(await stores.hosts.all()).toEqual([]);
      expect(await stores.hostStates.find(tracked.ref)).toBeUndefined();
      expect((await stores.alerts.get(alert.id))?.state).toEqual(lost.state);
    });

    it('do not forget a host that was read meanwhile', async () => {
      const stores = await newHostStates();
      const before = await load(stores);
      await stores.hostStates.save(before, read, []);
      expect(await forget(stores, before)).toBe('conflict');
      expect(await load(stores)).toEqual({ ...read, version: 1 });
    });

    it('do not bring a forgotten host back by a reading still under way', async () => {
      const stores = await newHostStates();
      const before = await load(stores);
      await forget(stores, before);
      expect(await stores.hostStates.save(before, read, [])).toBe('conflict');
      expect(await stores.hostStates.all()).toEqual([]);
    });

    it('know a host that is found again as it was left, and lead to what it shows again', async () => {
      const stores = await newHostStates();
      await stores.hostStates.save(await load(stores), read, []);
      await forget(stores, await load(stores));
      await stores.hosts.noteDiscovery({ hosts: [host], problems: [] }, noon);
      const back = await load(stores);
      expect(back).toEqual({
        ...read,
        version: 2,
        trackedSessions: [],
        lost: [{ ...tracked, lostAt: noon }],
      });
      expect(await stores.hostStates.find(tracked.ref)).toBeUndefined();
      await stores.hostStates.save(back, { ...back, trackedSessions: [tracked], lost: [] }, []);
      expect(await load(stores)).toEqual({ ...read, version: 3 });
      expect(await stores.hostStates.find(tracked.ref)).toMatchObject({ tracked });
    });
  });
}
