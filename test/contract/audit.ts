import { describe, expect, it } from '@jest/globals';
import type { AuditEntry } from '../../src/domain/audit/entry.ts';
import { auditedSession } from '../../src/domain/audit/entry.ts';
import { aSession, hour, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const refusal = (overrides: Partial<AuditEntry> = {}): AuditEntry => ({
  at: noon,
  by: 'U0CAROL',
  what: 'approve-refused',
  why: 'not-named',
  ...overrides,
});
const about = (sessionId: string) => auditedSession(aSession({ sessionId }));

export function auditContract(newSubject: NewSubject): void {
  describe('the audit', () => {
    it('keeps entries in the order they came', async () => {
      const { stores, trail } = await newSubject();
      const entries = [
        { at: noon, by: 'U0ASKER', what: 'view-refused', why: 'not-named' },
        { at: noon, by: 'bastion-bot', what: 'approve-refused', requestId: 'request-1' },
      ];
      for (const entry of entries) await stores.audit.append(entry);
      expect(await trail()).toEqual(entries);
    });
  });

  describe('refusals', () => {
    it('are on record at once where they are the first of their kind, and counted after that', async () => {
      const { stores, trail } = await newSubject();
      const first = refusal({ session: about('a') });
      expect(await stores.audit.refuse(first)).toBe(true);
      for (const at of [noon + 1, noon + minute - 1]) {
        expect(await stores.audit.refuse(refusal({ at, session: about('b') }))).toBe(false);
      }
      expect(await trail()).toEqual([first]);
    });

    it('are of one kind where person, deed and reason are', async () => {
      const { stores, trail } = await newSubject();
      const kinds = [
        refusal(),
        refusal({ by: 'U0DAVE' }),
        refusal({ what: 'deny-refused' }),
        refusal({ why: 'own-request' }),
      ];
      for (const each of kinds) expect(await stores.audit.refuse(each)).toBe(true);
      for (const each of kinds) expect(await stores.audit.refuse(each)).toBe(false);
      expect(await trail()).toEqual(kinds);
    });

    it('are of one kind under whichever of their ids somebody comes', async () => {
      const { stores, trail } = await newSubject();
      const ids = ['W0CAROL', 'U0CAROL'];
      const first = refusal({ by: 'W0CAROL', ids });
      expect(await stores.audit.refuse(first)).toBe(true);
      expect(await stores.audit.refuse(refusal({ by: 'U0CAROL', ids }))).toBe(false);
      expect(await trail()).toEqual([first]);
    });

    it('are one more entry with their count once their minute is over, about the last session', async () => {
      const { stores, trail } = await newSubject();
      await stores.audit.refuse(refusal({ requestId: 'request-1', session: about('a') }));
      await stores.audit.refuse(refusal({ at: noon + 1, requestId: 'request-2', session: about('b') }));
      await stores.audit.refuse(refusal({ at: noon + 2, requestId: 'request-3', session: about('c') }));
      await stores.audit.refuse(refusal({ at: noon + 3 }));
      expect(await stores.audit.sumRefusals(noon + minute - 1)).toEqual([]);
      const at = noon + minute;
      const sum = refusal({ at, requestId: 'request-3', session: about('c'), count: 3 });
      expect(await stores.audit.sumRefusals(at)).toEqual([sum]);
      expect(await stores.audit.sumRefusals(at + hour)).toEqual([]);
      expect((await trail()).slice(1)).toEqual([sum]);
    });

    it('are no more than one entry where it stayed at one, and the next after its minute is a first', async () => {
      const { stores, trail } = await newSubject();
      await stores.audit.refuse(refusal());
      expect(await stores.audit.sumRefusals(noon + minute)).toEqual([]);
      expect(await stores.audit.refuse(refusal({ at: noon + minute }))).toBe(true);
      expect(await trail()).toEqual([refusal(), refusal({ at: noon + minute })]);
    });

    it('are summed up before the next first one, where nobody has done so in time', async () => {
      const { stores, trail } = await newSubject();
      for (const at of [noon, noon + 1]) await stores.audit.refuse(refusal({ at }));
      expect(await stores.audit.refuse(refusal({ at: noon + hour }))).toBe(true);
      const [at, count] = [noon + hour, 1];
      expect(await trail()).toEqual([refusal(), refusal({ at, count }), refusal({ at })]);
    });

    it('are not counted on and on after the clock was put back', async () => {
      const { audit } = (await newSubject()).stores;
      await audit.refuse(refusal({ at: noon + hour }));
      expect(await audit.refuse(refusal())).toBe(true);
      expect(await audit.refuse(refusal({ at: noon + 1 }))).toBe(false);
    });

    it('are all there, however many come and are summed up at once', async () => {
      const { stores, trail } = await newSubject();
      const recorded = await atOnce(100, async (index) => stores.audit.refuse(refusal({ at: noon + index })));
      expect(recorded.filter(Boolean)).toHaveLength(1);
      const sums = await atOnce(10, async () => stores.audit.sumRefusals(noon + minute + 100));
      expect(sums.flat()).toMatchObject([{ count: 99 }]);
      expect(await trail()).toHaveLength(2);
    });
  });
}
