import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../src/domain/audit/entry.ts';
import type { DisconnectRequest, RequestState, Unasked } from '../../src/domain/requests/request.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aRequest, aSession, hour, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const request = aRequest();
const later = noon + minute;
const sending = { decidedAt: noon, sentAt: later, calls: 1 } as const;
const delay = { since: later, failure: { kind: 'busy' }, nextTryAt: later + minute } as const;
const waiting = { ...delay, for: 'call', isSaid: false } as const;
const waits = { is: 'approved', decidedAt: noon, waiting } as const;
const cardDue = (card: 'request' | 'outcome') => ({ kind: 'card', key: { card, id: request.id } }) as const;
const requestDue = { kind: 'request', id: request.id } as const;

const open = async ({ requests }: Stores, one: DisconnectRequest) =>
  requests.open(one, auditOfRequest(one, noon));
const move = async ({ requests }: Stores, version: number, state: RequestState) => {
  const next = { ...request, version, state };
  return requests.save(next, auditOfRequest(next, later));
};

export function requestsContract(newSubject: NewSubject): void {
  describe('requests', () => {
    it('are opened with their entry, their card and the moment of their expiry', async () => {
      const { stores, trail } = await newSubject();
      expect(await open(stores, request)).toEqual({ opened: true });
      expect(await stores.requests.get(request.id)).toEqual({ ...request, version: 1 });
      expect(await trail()).toEqual([auditOfRequest(request, noon)]);
      expect(await stores.due.by(noon, 10)).toEqual([cardDue('request')]);
      expect(await stores.due.by(request.expiresAt, 10)).toEqual([cardDue('request'), requestDue]);
    });

    it('are unknown where nobody opened them', async () => {
      const { stores } = await newSubject();
      expect(await stores.requests.get('request-9')).toBeUndefined();
    });

    it('are one per session, however many ask at once', async () => {
      const { stores, trail } = await newSubject();
      const asked = await atOnce(50, async (index) => open(stores, aRequest({ id: `request-${index}` })));
      const winner = `request-${asked.findIndex(({ opened }) => opened)}`;
      const shown = asked.flatMap((each) => ('existing' in each ? [each.existing.id] : []));
      expect(shown).toEqual(Array.from({ length: 49 }, () => winner));
      expect(await trail()).toHaveLength(1);
    });

    it('are one per session while its start is refined', async () => {
      const { stores } = await newSubject();
      const asked = aRequest({ session: aSession({ startedAt: noon, startedAtFrom: 'reading' }) });
      await open(stores, asked);
      const refined = aSession({ startedAt: noon - hour, startedAtFrom: 'given' });
      expect(await stores.requests.openOf({ ref: asked.ref, session: refined })).toMatchObject({
        id: asked.id,
      });
      expect(await open(stores, aRequest({ id: 'request-2', session: refined }))).toMatchObject({
        opened: false,
        existing: { id: asked.id },
      });
    });

    it('are one for every session of a tunnel, until they are settled', async () => {
      const { stores } = await newSubject();
      const member = (name: string) => ({ ref: name, session: aSession({ sessionId: name }) });
      const tunnel = aRequest({ others: ['b', 'c'].map(member) });
      await open(stores, tunnel);
      expect(await stores.requests.get(tunnel.id)).toEqual({ ...tunnel, version: 1 });
      const asked = { opened: false, existing: { id: tunnel.id } };
      expect(await stores.requests.openOf(member('c'))).toMatchObject({ id: tunnel.id });
      const single = aRequest({ id: 'request-2', ...member('b') });
      expect(await open(stores, single)).toMatchObject(asked);
      const overlapping = aRequest({ id: 'request-3', ...member('d'), others: [member('c')] });
      expect(await open(stores, overlapping)).toMatchObject(asked);
      const denied = { ...tunnel, version: 1, state: { is: 'denied', by: 'U0BOSS', at: later } } as const;
      await stores.requests.save(denied, auditOfRequest(denied, later));
      expect(await open(stores, single)).toEqual({ opened: true });
    });

    it('are stored several in one step, or none where one has moved on', async () => {
      const { stores, trail } = await newSubject();
      const others = ['b', 'c'].map((name) =>
        aRequest({ id: name, ref: name, session: aSession({ sessionId: name }) }),
      );
      const all = [request, ...others];
      for (const one of all) await open(stores, one);
      const changes = all.map((one) => {
        const denied = { ...one, version: 1, state: { is: 'denied', by: 'U0BOSS', at: later } } as const;
        return { request: denied, entry: auditOfRequest(denied, later) };
      });
      await stores.requests.save({ ...request, version: 1 }, auditOfRequest(request, later));
      expect(await stores.requests.saveAll(changes)).toBe('conflict');
      expect(await stores.requests.unsettled()).toHaveLength(3);
      expect(await trail()).toHaveLength(4);
      expect(await stores.requests.saveAll(changes.slice(1))).toBe('saved');
      expect((await stores.requests.unsettled()).map(({ id }) => id)).toEqual([request.id]);
      expect(await trail()).toHaveLength(6);
      expect(await open(stores, aRequest({ ...others[0], id: 'next' }))).toEqual({ opened: true });
    });

    it('are refined without an entry, with their cards due', async () => {
      const { stores, trail } = await newSubject();
      await open(stores, request);
      const origin = {
        known: 'likely',
        candidates: [{ clientAddress: '203.0.113.7' }],
        isSoFar: true,
      } as const;
      const refined = { ...request, version: 1, session: aSession({ origin }) };
      await stores.cards.save({ key: cardDue('request').key, version: 0, shown: 1 });
      expect(await stores.due.by(noon, 10)).toEqual([]);
      expect(await stores.requests.refine(refined, later)).toBe('saved');
      expect(await stores.requests.refine(refined, later)).toBe('conflict');
      expect(await stores.requests.get(request.id)).toEqual({ ...refined, version: 2 });
      expect(await trail()).toHaveLength(1);
      expect(await stores.due.by(later, 10)).toEqual([cardDue('request')]);
      expect(await stores.requests.openOf(request)).toMatchObject({ id: request.id });
    });

    it('are refined with their cards due where a try in vain need not be shown', async () => {
      const { stores } = await newSubject();
      await open(stores, request);
      const since = { since: noon, failure: { kind: 'busy' }, nextTryAt: later } as const;
      const waiting = { ...since, for: 'call', isSaid: true } as const;
      await move(stores, 1, { is: 'approved', by: 'U0BOSS', decidedAt: noon, waiting });
      await stores.cards.save({ key: cardDue('request').key, version: 0, shown: 2 });
      const waits = await stores.requests.get(request.id);
      if (waits) await stores.requests.refine(waits, noon);
      expect(await stores.due.by(noon, 10)).toEqual([cardDue('request')]);
    });

    it('do not stand in the way of another session with the same id', async () => {
      const { stores } = await newSubject();
      await open(stores, request);
      const reused = aRequest({ id: 'request-2', ref: 'ref-2', session: aSession({ startedAt: noon }) });
      expect(await open(stores, reused)).toEqual({ opened: true });
    });

    it('are unsettled until nothing more happens to them', async () => {
      const { stores } = await newSubject();
      expect(await stores.requests.unsettled()).toEqual([]);
      await open(stores, request);
      const other = aRequest({
        id: 'request-2',
        ref: 'ref-2',
        session: aSession({ sessionId: 'session-2' }),
      });
      await open(stores, other);
      await move(stores, 1, { is: 'sending', ...sending });
      const ids = async () => (await stores.requests.unsettled()).map(({ id }) => id).toSorted();
      expect(await ids()).toEqual(['request-1', 'request-2']);
      await move(stores, 2, { is: 'gone', ...sending, checkedAt: later });
      expect(await ids()).toEqual(['request-2']);
    });

    it('hold their session while they are carried out and free it once settled', async () => {
      const { stores } = await newSubject();
      await open(stores, request);
      await move(stores, 1, { is: 'sending', ...sending });
      const second = aRequest({ id: 'request-2' });
      expect(await open(stores, second)).toMatchObject({ opened: false, existing: { version: 2 } });
      await move(stores, 2, { is: 'gone', checkedAt: later, ...sending });
      expect(await open(stores, second)).toEqual({ opened: true });
    });

    it('are decided once, however many decide at once', async () => {
      const { stores, trail } = await newSubject();
      await open(stores, request);
      const saved = await atOnce(50, async (index) =>
        move(stores, 1, { is: 'denied', by: `U${index}`, at: later }),
      );
      expect(saved.filter((each) => each === 'saved')).toHaveLength(1);
      const by = `U${saved.indexOf('saved')}`;
      expect((await stores.requests.get(request.id))?.state).toEqual({ is: 'denied', by, at: later });
      expect(await trail()).toHaveLength(2);
    });

    it('are due at once when approved, and never when settled', async () => {
      const { stores } = await newSubject();
      await open(stores, request);
      await move(stores, 1, { is: 'approved', by: 'U0BOSS', decidedAt: later });
      expect(await stores.due.by(later, 10)).toContainEqual(requestDue);
      await move(stores, 2, { is: 'not-sent', at: later, decidedAt: later, why: { is: 'switched-off' } });
      expect(await stores.due.by(noon + hour, 10)).toEqual([cardDue('request'), cardDue('outcome')]);
    });

    it('are due at their next try while they wait, with their card if it is news', async () => {
      const { stores, trail } = await newSubject();
      await open(stores, request);
      await move(stores, 1, { is: 'approved', decidedAt: noon });
      await stores.cards.settle({ ...(await stores.cards.get(cardDue('request').key)), shown: 2 });
      await move(stores, 2, { ...waits, waiting: { ...waiting, isSaid: true } });
      expect(await stores.due.by(noon + hour, 10)).toEqual([requestDue]);
      await move(stores, 3, { is: 'sending', ...sending, waiting });
      await move(stores, 4, waits);
      expect(await stores.due.by(later + minute - 1, 10)).toEqual([cardDue('request')]);
      expect(await stores.due.by(later + minute, 10)).toEqual([cardDue('request'), requestDue]);
      expect(await trail()).toHaveLength(5);
    });

    it('are postponed at the version they have, unless somebody was faster', async () => {
      const { stores, trail } = await newSubject();
      await open(stores, request);
      await move(stores, 1, waits);
      const state = { ...waits, waiting: { ...waiting, nextTryAt: later + 2 * minute } };
      expect(await stores.requests.postpone({ ...request, version: 2, state })).toBe('saved');
      expect(await stores.requests.get(request.id)).toEqual({ ...request, version: 2, state });
      expect(await stores.due.by(later + 2 * minute - 1, 10)).toEqual([cardDue('request')]);
      expect(await stores.due.by(later + 2 * minute, 10)).toContainEqual(requestDue);
      expect(await trail()).toHaveLength(2);

      await move(stores, 2, { is: 'cancelled', by: 'U0ASKER', at: later });
      expect(await stores.requests.postpone({ ...request, version: 2, state })).toBe('conflict');
      expect(await stores.requests.get(request.id)).toMatchObject({ version: 3, state: { is: 'cancelled' } });
      expect(await stores.due.by(noon + hour, 10)).not.toContainEqual(requestDue);
    });

    it('are due while it is looked who comes back, and not after', async () => {
      const { stores, trail } = await newSubject();
      await open(stores, request);
      await move(stores, 1, { is: 'approved', decidedAt: noon });
      const gone = { is: 'gone', checkedAt: later, ...sending } as const;
      const lookout = { nextLookAt: later + 5000, until: later + minute };
      await move(stores, 2, { ...gone, lookout });
      expect(await stores.requests.unsettled()).toEqual([]);
      expect(await stores.due.by(later + 4999, 10)).not.toContainEqual(requestDue);
      expect(await stores.due.by(later + 5000, 10)).toContainEqual(requestDue);
      await stores.requests.postpone({ ...request, version: 3, state: gone });
      expect(await stores.requests.get(request.id)).toEqual({ ...request, version: 3, state: gone });
      expect(await stores.due.by(later + hour, 10)).not.toContainEqual(requestDue);
      expect(await trail()).toHaveLength(3);
    });

    it.each<Unasked>([
      { since: noon, code: 'is_archived' },
      { since: noon, code: 'is_archived', until: later },
    ])('give back whether anybody was asked: %j', async (unasked) => {
      const { stores } = await newSubject();
      await open(stores, { ...request, unasked });
      expect(await stores.requests.get(request.id)).toEqual({ ...request, unasked, version: 1 });
      const due = await stores.due.by(later, 10);
      expect(due).toContainEqual({ kind: 'card', key: { card: 'unasked', id: request.id } });
    });

    it.each<RequestState>([
      {
        is: 'gone',
        checkedAt: later,
        ...sending,
        cameBack: { ref: 'ref-2', session: aSession({ sessionId: 'session-2' }) },
      },
      { is: 'gone', checkedAt: later, ...sending, lookout: { nextLookAt: later, until: later } },
      { is: 'denied', by: 'U0BOSS', at: later },
      { is: 'cancelled', by: 'U0ASKER', at: later },
      { is: 'expired', at: later },
      { is: 'overtaken', at: later, why: { is: 'ended-by-itself', checkedAt: noon } },
      { is: 'overtaken', at: later, why: { is: 'lost' } },
      { is: 'overtaken', at: later, why: { is: 'host-forgotten' } },
      { is: 'approved', decidedAt: later },
      waits,
      { is: 'sending', ...sending, waiting },
      { is: 'sending', ...sending, again: delay },
      { is: 'not-sent', at: later, decidedAt: noon, why: { is: 'not-taken', failure: delay.failure } },
      { is: 'still-there', checkedAt: later, by: 'U0BOSS', ...sending, calls: 2 },
      { is: 'unproven', at: later, failure: { kind: 'not-understood', what: 'a list' }, ...sending },
      { is: 'refused', at: later, failure: { kind: 'forbidden', action: 'a/action' }, ...sending },
      { is: 'not-sent', at: later, decidedAt: noon, why: { is: 'ended-by-itself', checkedAt: later } },
      { is: 'not-sent', at: later, decidedAt: noon, why: { is: 'changed', change: 'other-login' } },
      { is: 'not-sent', at: later, decidedAt: noon, why: { is: 'hourly-limit', maxPerHour: 60 } },
      { is: 'not-sent', at: later, decidedAt: noon, why: { is: 'unread', failure: { kind: 'timed-out' } } },
      { is: 'unproven', at: later, failure: { kind: 'failed', code: 'InternalServerError' }, ...sending },
    ])('give back the state they are in: %j', async (state) => {
      const { stores } = await newSubject();
      await open(stores, request);
      await move(stores, 1, state);
      expect(await stores.requests.get(request.id)).toEqual({ ...request, version: 2, state });
    });
  });

  describe('the hourly limit', () => {
    it('counts each request once and lets in no more than allowed, however many come at once', async () => {
      const { requests } = (await newSubject()).stores;
      const taken = await atOnce(50, async (index) => requests.takeSlot(`request-${index % 25}`, 10, noon));
      expect(taken.filter(Boolean)).toHaveLength(20);
      expect(await requests.takeSlot('request-99', 10, noon)).toBe(false);
    });

    it('forgets a disconnect after an hour', async () => {
      const { requests } = (await newSubject()).stores;
      expect(await requests.takeSlot('request-1', 1, noon)).toBe(true);
      expect(await requests.takeSlot('request-2', 1, noon + hour - 1)).toBe(false);
      expect(await requests.takeSlot('request-2', 1, noon + hour)).toBe(true);
    });
  });

  describe('a slot of the hourly limit', () => {
    it('is free again for one that Azure turned away', async () => {
      const { requests } = (await newSubject()).stores;
      expect(await requests.takeSlot('request-1', 1, noon)).toBe(true);
      await requests.freeSlot('request-2');
      expect(await requests.takeSlot('request-2', 1, noon)).toBe(false);
      await requests.freeSlot('request-1');
      expect(await requests.takeSlot('request-2', 1, noon)).toBe(true);
    });
  });
}
