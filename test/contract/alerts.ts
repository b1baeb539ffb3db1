import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { Handling } from '../../src/domain/alerts/handling.ts';
import type { CardKind } from '../../src/domain/cards/kinds.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aHost, aHostState, anAlert, hour, noon } from '../support/build.ts';
import type { NewSubject, Subject } from './subject.ts';
import { atOnce } from './subject.ts';

const entry = { at: noon, by: 'U0ALICE', what: 'alert-snoozed', alertId: 'alert-1', until: noon + hour };
const snooze = { by: 'U0ALICE', at: noon, until: noon + hour, reason: 'backup runs' };
const snoozed = { is: 'snoozed', ...snooze, acknowledged: { by: 'U0BOB', at: noon } } as const;
const attention = { kind: 'alert', id: 'alert-1' };
const card = (kind: CardKind, of: object = {}) => ({
  kind: 'card',
  key: { card: kind, id: 'alert-1', ...of },
});

export function alertsContract(newSubject: NewSubject): void {
  describe('alerts', () => {
    async function withAlert(): Promise<Subject> {
      const subject = await newSubject();
      await subject.stores.hosts.noteDiscovery({ hosts: [aHost()], problems: [] }, noon);
      await poll(subject.stores, anAlert());
      return subject;
    }
    async function poll({ hostStates }: Stores, alert: Alert): Promise<string> {
      const before = await hostStates.get(aHost().id);
      if (!before) throw new Error('the host is not known');
      return hostStates.save(before, aHostState({ version: before.version }), [alert]);
    }
    const dueBy = async ({ due }: Stores, at: number) =>
      (await due.by(at, 10)).filter(({ kind }) => kind === 'alert');

    it('give back what was saved, one version on, with its entry', async () => {
      const { stores, trail } = await withAlert();
      const steps = [
        { did: 'acknowledged', by: 'U0BOB', at: noon },
        { did: 'snoozed', by: 'U0ALICE', at: noon, until: noon + hour, reason: 'backup runs' },
        { did: 'woken', at: noon },
      ] as const;
      const alert = anAlert({ version: 1, handling: snoozed, steps });
      expect(await stores.alerts.save(alert, entry)).toBe('saved');
      expect(await stores.alerts.get('alert-1')).toEqual({ ...alert, version: 2 });
      expect(await trail()).toEqual([entry]);
    });

    it('have one winner among fifty clicks at once, and one entry', async () => {
      const { stores, trail } = await withAlert();
      const saved = await atOnce(50, async (index) =>
        stores.alerts.save(
          anAlert({ version: 1, handling: { is: 'acknowledged', by: `U${index}`, at: noon } }),
          { ...entry, by: `U${index}` },
        ),
      );
      expect(saved.filter((each) => each === 'saved')).toHaveLength(1);
      const winner = `U${saved.indexOf('saved')}`;
      expect((await stores.alerts.get('alert-1'))?.handling).toMatchObject({ by: winner });
      expect((await trail()).map(({ by }) => by)).toEqual([winner]);
    });

    it('let a poll and a click overwrite nothing of each other', async () => {
      const { stores } = await withAlert();
      await stores.alerts.save(anAlert({ version: 1, handling: snoozed }), entry);
      const ended = anAlert({ version: 1, state: { is: 'ended', checkedAt: noon } });
      expect(await poll(stores, ended)).toBe('conflict');
      expect(await poll(stores, { ...ended, version: 2, handling: snoozed })).toBe('saved');
      expect(await stores.alerts.save(anAlert({ version: 2 }), entry)).toBe('conflict');
    });

    it('are due at the end of a snooze, once', async () => {
      const { stores } = await withAlert();
      await stores.alerts.save(anAlert({ version: 1, handling: snoozed }), entry);
      expect(await dueBy(stores, noon + hour - 1)).toEqual([]);
      expect(await dueBy(stores, noon + hour)).toEqual([attention]);
    });

    it('are due later where the snooze is made longer, and not at all where it is ended', async () => {
      const { stores } = await withAlert();
      await stores.alerts.save(anAlert({ version: 1, handling: snoozed }), entry);
      const longer: Handling = { ...snoozed, until: noon + 2 * hour };
      await stores.alerts.save(anAlert({ version: 2, handling: longer }), entry);
      expect(await dueBy(stores, noon + hour)).toEqual([]);
      await stores.alerts.save(anAlert({ version: 3 }), entry);
      expect(await dueBy(stores, noon + 3 * hour)).toEqual([]);
    });

    it('are not due any more once a poll has seen the session end', async () => {
      const { stores } = await withAlert();
      await stores.alerts.save(anAlert({ version: 1, handling: snoozed }), entry);
      await poll(stores, anAlert({ version: 2, handling: snoozed, state: { is: 'ended', checkedAt: noon } }));
      expect(await dueBy(stores, noon + 2 * hour)).toEqual([]);
    });

    it('make the replies in their thread due as they come to want them', async () => {
      const { stores } = await withAlert();
      const woken: Handling = { is: 'woken', ...snooze };
      const steps = [{ did: 'woken', at: noon }] as const;
      await stores.alerts.save(anAlert({ version: 1, handling: woken, steps }), entry);
      const items = await stores.due.by(noon, 10);
      expect(items).toHaveLength(3);
      expect(items).toEqual(
        expect.arrayContaining([card('alert'), card('alert-steps'), card('alert-wake', { at: noon + hour })]),
      );
    });
  });
}
