import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../src/domain/audit/entry.ts';
import type { CardKey } from '../../src/domain/cards/kinds.ts';
import type { Batch } from '../../src/domain/requests/batch.ts';
import type { DisconnectRequest, RequestState } from '../../src/domain/requests/request.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aRequest, aSession, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const later = noon + minute;
const { requestIds: _, ...batch }: Batch = {
  id: 'batch-1',
  requester: 'U0ASKER',
  reason: 'maintenance',
  askedAt: noon,
  expiresAt: aRequest().expiresAt,
  requestIds: [],
};
const card = (kind: 'batch' | 'batch-outcome', id = batch.id): CardKey => ({ card: kind, id });
const cardDue = (kind: 'batch' | 'batch-outcome') => ({ kind: 'card', key: card(kind) });

function member(name: string, batchId = batch.id): DisconnectRequest {
  const session = aSession({ sessionId: `session-${name}` });
  return aRequest({ id: `${batchId}-${name}`, batchId, ref: `ref-${name}`, session });
}

const open = async ({ batches }: Stores, names: readonly string[], id = batch.id) =>
  batches.open(
    { ...batch, id },
    names
      .map((name) => member(name, id))
      .map((request) => ({ request, entry: auditOfRequest(request, noon) })),
  );
const move = async ({ requests }: Stores, name: string, version: number, state: RequestState) => {
  const next = { ...member(name), version, state };
  return requests.save(next, auditOfRequest(next, later));
};
const denied: RequestState = { is: 'denied', by: 'U0BOSS', at: later };

export function batchesContract(newSubject: NewSubject): void {
  describe('batches', () => {
    it('are opened with their members, an entry for each, one card, and the moments of their expiry', async () => {
      const { stores, trail } = await newSubject();
      const members = [member('a'), member('b')];
      expect(await open(stores, ['a', 'b'])).toEqual({ members, existing: [] });
      const requestIds = members.map(({ id }) => id);
      expect(await stores.batches.get(batch.id)).toEqual({ ...batch, requestIds });
      expect(await stores.requests.many(requestIds)).toEqual(
        members.map((request) => ({ ...request, version: 1 })),
      );
      expect(await trail()).toEqual(members.map((request) => auditOfRequest(request, noon)));
      expect(await stores.due.by(noon, 10)).toEqual([cardDue('batch')]);
      expect(await stores.due.by(batch.expiresAt, 10)).toHaveLength(3);
    });

    it('are unknown where nobody opened them', async () => {
      const { batches } = (await newSubject()).stores;
      expect(await batches.get('batch-9')).toBeUndefined();
    });

    it('leave out a session that has an open request, and say which', async () => {
      const { stores, trail } = await newSubject();
      const single = aRequest({ ref: 'ref-b', session: member('b').session });
      await stores.requests.open(single, auditOfRequest(single, noon));
      const opened = await open(stores, ['a', 'b', 'c']);
      expect(opened.members.map(({ ref }) => ref)).toEqual(['ref-a', 'ref-c']);
      expect(opened.existing).toEqual([{ ...single, version: 1 }]);
      expect(await stores.batches.get(batch.id)).toMatchObject({ requestIds: ['batch-1-a', 'batch-1-c'] });
      expect(await stores.requests.get('batch-1-b')).toBeUndefined();
      expect(await trail()).toHaveLength(3);
    });

    it('leave out a session whose start was refined since somebody asked for its end', async () => {
      const { stores } = await newSubject();
      const { session } = member('b');
      const single = aRequest({
        ref: 'ref-b',
        session: { ...session, startedAt: noon, startedAtFrom: 'reading' },
      });
      await stores.requests.open(single, auditOfRequest(single, noon));
      expect((await open(stores, ['a', 'b'])).members.map(({ ref }) => ref)).toEqual(['ref-a']);
    });

    it('are not stored where every session has an open request', async () => {
      const { stores } = await newSubject();
      await open(stores, ['a', 'b']);
      const again = await open(stores, ['a', 'b'], 'batch-2');
      expect(again.members).toEqual([]);
      expect(again.existing.map(({ id }) => id)).toEqual(['batch-1-a', 'batch-1-b']);
      expect(await stores.batches.get('batch-2')).toBeUndefined();
    });

    it('share no session, however many are opened at once', async () => {
      const { stores } = await newSubject();
      const opened = await atOnce(10, async (index) =>
        open(stores, index % 2 === 0 ? ['a', 'b', `${index}`] : ['b', 'a', `${index}`], `batch-${index}`),
      );
      const members = opened.flatMap((each) => each.members.map(({ session }) => session.sessionId));
      expect(new Set(members).size).toBe(members.length);
      expect(members).toHaveLength(12);
    });

    it('have a card that is due again with every change of a member, and a direct message with its end', async () => {
      const { stores } = await newSubject();
      await open(stores, ['a', 'b']);
      const approvals = { key: card('batch'), version: 0, shown: 2 };
      await stores.cards.save(approvals);
      expect(await stores.due.by(later, 10)).toEqual([]);
      await move(stores, 'a', 1, { is: 'approved', by: 'U0BOSS', decidedAt: later });
      expect(await stores.due.by(later, 10)).toContainEqual(cardDue('batch'));
      expect(await stores.due.by(later, 10)).not.toContainEqual(cardDue('batch-outcome'));
      await move(stores, 'b', 1, denied);
      expect(await stores.due.by(later, 10)).toContainEqual(cardDue('batch-outcome'));
    });

    it('have no card of a member alone', async () => {
      const { stores } = await newSubject();
      await open(stores, ['a']);
      await move(stores, 'a', 1, denied);
      const due = await stores.due.by(later, 10);
      expect(due).toEqual(expect.arrayContaining([cardDue('batch'), cardDue('batch-outcome')]));
      expect(due).toHaveLength(2);
    });

    it('leave a card due that shows less than the sum of what its members have become', async () => {
      const { stores } = await newSubject();
      await open(stores, ['a', 'b']);
      await stores.cards.save({ key: card('batch'), version: 0, shown: 2 });
      await move(stores, 'a', 1, denied);
      await stores.cards.settle({ key: card('batch'), version: 1, shown: 2 });
      expect(await stores.due.by(later, 10)).toContainEqual(cardDue('batch'));
      await stores.cards.settle({ key: card('batch'), version: 1, shown: 3 });
      expect(await stores.due.by(later, 10)).not.toContainEqual(cardDue('batch'));
    });
  });

  describe('the open request of a session', () => {
    it('is found until it is settled', async () => {
      const { stores } = await newSubject();
      expect(await stores.requests.openOf(member('a'))).toBeUndefined();
      await open(stores, ['a']);
      expect(await stores.requests.openOf(member('a'))).toEqual({ ...member('a'), version: 1 });
      await move(stores, 'a', 1, denied);
      expect(await stores.requests.openOf(member('a'))).toBeUndefined();
    });
  });
}
