import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../src/domain/audit/entry.ts';
import type { Batch } from '../../src/domain/requests/batch.ts';
import { mostOpenCards } from '../../src/domain/requests/open-cards.ts';
import type { DisconnectRequest, RequestState } from '../../src/domain/requests/request.ts';
import type { Stores } from '../../src/ports/ports.ts';
import { aRequest, aSession, hour, minute, noon } from '../support/build.ts';
import type { NewSubject } from './subject.ts';
import { atOnce } from './subject.ts';

const later = noon + minute;
const denied: RequestState = { is: 'denied', by: 'U0BOSS', at: later };
const full = { opened: false, openCards: mostOpenCards };

/** For a session of its own. */
function requestNamed(name: string, overrides: Partial<DisconnectRequest> = {}): DisconnectRequest {
  const session = aSession({ sessionId: `session-${name}` });
  return aRequest({ id: `request-${name}`, ref: `ref-${name}`, session, ...overrides });
}

const open = async ({ requests }: Stores, request: DisconnectRequest) =>
  requests.open(request, auditOfRequest(request, request.askedAt));
const openBatch = async ({ batches }: Stores, id: string, names: readonly string[]) => {
  const { requester, reason, askedAt, expiresAt } = aRequest();
  const batch: Omit<Batch, 'requestIds'> = { id, requester, reason, askedAt, expiresAt };
  const members = names.map((name) => requestNamed(`${id}-${name}`, { batchId: id }));
  return batches.open(
    batch,
    members.map((request) => ({ request, entry: auditOfRequest(request, askedAt) })),
  );
};
const move = async ({ requests }: Stores, request: DisconnectRequest, version: number, state: RequestState) =>
  requests.save({ ...request, version, state }, auditOfRequest({ ...request, state }, later));
const fill = async (stores: Stores, count = mostOpenCards) =>
  atOnce(count, async (index) => open(stores, requestNamed(String(index))));

export function openCardsContract(newSubject: NewSubject): void {
  describe('the open cards of one person', () => {
    it('are twenty at most, however many are opened at once', async () => {
      const { stores, trail } = await newSubject();
      const opened = await fill(stores, 40);
      expect(opened.filter((each) => each.opened)).toHaveLength(20);
      expect(opened.filter((each) => !each.opened)).toEqual(Array.from({ length: 20 }, () => full));
      expect(await trail()).toHaveLength(20);
      expect(await stores.requests.unsettled()).toHaveLength(20);
    });

    it('leave the room of another one as it is', async () => {
      const { stores } = await newSubject();
      await fill(stores);
      const request = requestNamed('other', { requester: 'U0OTHER' });
      expect(await open(stores, request)).toEqual({ opened: true });
    });

    it('show who asks again what is open, full or not', async () => {
      const { stores } = await newSubject();
      await fill(stores);
      const again = { ...requestNamed('3'), id: 'request-again' };
      expect(await open(stores, again)).toMatchObject({ opened: false, existing: { id: 'request-3' } });
    });

    it.each<RequestState>([
      denied,
      { is: 'cancelled', by: 'U0ASKER', at: later },
      { is: 'expired', at: later },
      { is: 'overtaken', at: later, why: { is: 'lost' } },
      { is: 'approved', by: 'U0BOSS', decidedAt: later },
    ])('make room once one is no longer undecided: %j', async (state) => {
      const { stores } = await newSubject();
      await fill(stores);
      expect(await open(stores, requestNamed('one-more'))).toEqual(full);
      await move(stores, requestNamed('7'), 1, state);
      expect(await open(stores, requestNamed('one-more'))).toEqual({ opened: true });
      expect(await open(stores, requestNamed('two-more'))).toEqual(full);
    });

    it('stay counted while nobody could be asked, or more is found out about the session', async () => {
      const { stores } = await newSubject();
      await fill(stores);
      const request = requestNamed('7');
      await move(stores, { ...request, unasked: { since: noon, code: 'is_archived' } }, 1, { is: 'pending' });
      await stores.requests.refine({ ...request, version: 2 }, later);
      expect(await open(stores, requestNamed('one-more'))).toEqual(full);
    });

    it('make room when their time is over, whether or not anybody has stored that', async () => {
      const { stores } = await newSubject();
      await fill(stores);
      const { expiresAt } = aRequest();
      const times = (askedAt: number) => ({ askedAt, expiresAt: askedAt + hour });
      expect(await open(stores, requestNamed('too-early', times(expiresAt - 1)))).toEqual(full);
      expect(await open(stores, requestNamed('in-time', times(expiresAt)))).toEqual({ opened: true });
    });

    it('are not counted where nobody has to decide', async () => {
      const { stores } = await newSubject();
      const state: RequestState = { is: 'approved', decidedAt: noon };
      await atOnce(20, async (index) => open(stores, requestNamed(`ordered-${index}`, { state })));
      expect(await fill(stores)).toEqual(Array.from({ length: 20 }, () => ({ opened: true })));
      expect(await open(stores, requestNamed('ordered', { state }))).toEqual({ opened: true });
    });

    it('count a batch as one, until its last member is decided', async () => {
      const { stores } = await newSubject();
      expect((await openBatch(stores, 'batch-1', ['a', 'b'])).members).toHaveLength(2);
      await fill(stores, 19);
      expect(await open(stores, requestNamed('one-more'))).toEqual(full);
      await move(stores, requestNamed('batch-1-a', { batchId: 'batch-1' }), 1, denied);
      expect(await open(stores, requestNamed('one-more'))).toEqual(full);
      await move(stores, requestNamed('batch-1-b', { batchId: 'batch-1' }), 1, denied);
      expect(await open(stores, requestNamed('one-more'))).toEqual({ opened: true });
    });

    it('leave a batch unopened that has no room, with all of its members', async () => {
      const { stores, trail } = await newSubject();
      await fill(stores);
      const opened = await openBatch(stores, 'batch-1', ['a', 'b']);
      expect(opened).toEqual({ members: [], existing: [], openCards: mostOpenCards });
      expect(await stores.batches.get('batch-1')).toBeUndefined();
      expect(await stores.requests.get('request-batch-1-a')).toBeUndefined();
      expect(await trail()).toHaveLength(20);
      await move(stores, requestNamed('7'), 1, denied);
      expect((await openBatch(stores, 'batch-1', ['a', 'b'])).members).toHaveLength(2);
    });
  });
}
