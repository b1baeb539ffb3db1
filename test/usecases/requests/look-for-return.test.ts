import { beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aRequest,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';
import { Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const { id: hostId } = aHost();
const { id } = aRequest();
const second = 1000;
const approved: RequestState = { is: 'approved', by: 'U0BOSS', decidedAt: noon };
const returning = aSession({ sessionId: 'session-2', startedAt: noon + 8 * second });

interface World {
  readonly ports: MemoryPorts;
  readonly open: Map<string, Session>;
}

/** The session of `aSession`, whose owner is U0OWNER, has just been ended and is seen to be gone. */
async function world(batchId?: string): Promise<World> {
  const policy = aPolicy({ people: [{ vmLogin: 'azureuser', slack: 'U0OWNER' }] });
  const ports = memoryPorts({ policy });
  const open = new Map([['session-1', aSession()]]);
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession()] }));
  ports.bastion.answer(hostId, () => ({ ok: true, sessions: [...open.values()] }));
  ports.bastion.answerDisconnect(() => {
    open.delete('session-1');
    return { ok: true, state: 'Disconnected' };
  });
  const request = aRequest({ state: approved, ...(batchId !== undefined && { batchId }) });
  const entry = auditOfRequest(request, noon);
  if (batchId === undefined) await ports.requests.open(request, entry);
  else {
    const { requester, reason, askedAt, expiresAt } = request;
    await ports.batches.open({ id: batchId, requester, reason, askedAt, expiresAt }, [{ request, entry }]);
  }
  ports.time.now = noon + second;
  await advanceRequest(ports, id);
  await settle(ports, 2 * second);
  return { ports, open };
}

const comeBack = ({ open }: World) => open.set(returning.sessionId, returning);
const stateOf = async ({ requests }: MemoryPorts) => (await requests.get(id))?.state;
const audited = ({ trail }: MemoryPorts) => trail.map(({ what }) => what);
const isDue = async ({ due }: MemoryPorts) => (await due.by(noon + 24 * hour, 9)).length > 0;

describe('the minute after an ending', () => {
  let one: World;
  beforeEach(async () => {
    one = await world();
  });

  it('is looked for with four readings, and leaves nothing behind', async () => {
    const { ports } = one;
    const before = await ports.requests.get(id);
    const { calls } = ports.channel;
    const [posts, edits, readings] = [calls.post, calls.update, ports.bastion.readings.length];
    await settle(ports, 2 * minute);
    expect(ports.bastion.readings.length - readings).toBe(4);
    expect(ports.channel.calls).toEqual({ post: posts, update: edits });
    expect(audited(ports)).toEqual(['disconnect-approved', 'disconnect-sent', 'disconnect-gone']);
    const after = await ports.requests.get(id);
    expect(after?.version).toBe(before?.version);
    expect(after?.state).not.toHaveProperty('lookout');
    expect(await isDue(ports)).toBe(false);
  });

  it('tells on the cards who came back, by the bot on record, and not the owner', async () => {
    const { ports } = one;
    comeBack(one);
    await settle(ports, 2 * minute);
    const [tracked] = (await ports.hostStates.get(hostId))?.trackedSessions ?? [];
    expect(await stateOf(ports)).toMatchObject({
      is: 'gone',
      cameBack: { ref: tracked?.ref, session: returning },
    });
    expect(ports.trail.at(-1)).toMatchObject({
      by: 'bastion-bot',
      what: 'session-came-back',
      requestId: id,
      session: { sessionId: 'session-2' },
    });
    expect(audited(ports).filter((what) => what === 'session-came-back')).toHaveLength(1);
    expect(ports.channel.messages).toMatchObject([
      {
        place: { channel: 'C0APPROVE' },
        content: { approval: 'required', request: { state: { cameBack: {} } } },
      },
      { place: { user: 'U0ASKER' }, content: { card: 'outcome', request: { state: { cameBack: {} } } } },
      { place: { user: 'U0OWNER' }, content: { card: 'owner-told' } },
    ]);
    expect(ports.channel.calls).toEqual({ post: 3, update: 2 });
    expect(await isDue(ports)).toBe(false);
  });

  it('is seen on the card of a batch too', async () => {
    const batch = await world('batch-1');
    comeBack(batch);
    await settle(batch.ports, 2 * minute);
    expect(batch.ports.channel.messages).toMatchObject([
      { content: { card: 'batch', approval: 'required', members: [{ state: { cameBack: {} } }] } },
      { content: { card: 'batch-outcome', members: [{ state: { cameBack: {} } }] } },
      { place: { user: 'U0OWNER' } },
    ]);
  });

  it('takes the reading of another', async () => {
    const { ports } = one;
    ports.time.now = noon + 7 * second;
    await ports.readings.begin(hostId, 2 * second);
    await advanceRequest(ports, id);
    expect(ports.time.now).toBeGreaterThanOrEqual(noon + 9 * second);
  });

  it('frees the session: who comes back can be asked for meanwhile', async () => {
    const { ports } = one;
    const second = aRequest({ id: 'request-2' });
    expect(await ports.requests.open(second, auditOfRequest(second, noon))).toEqual({ opened: true });
    comeBack(one);
    await settle(ports, 2 * minute);
    expect(await ports.requests.openOf(second)).toMatchObject({ id: 'request-2' });
  });

  it('is over after one look where the bot was away', async () => {
    const { ports } = one;
    const readings = ports.bastion.readings.length;
    ports.time.now = noon + 3 * hour;
    await settle(ports, minute);
    expect(ports.bastion.readings.length - readings).toBe(1);
    expect(await isDue(ports)).toBe(false);
  });

  const calls = Array.from({ length: 14 }, (_, call) => call);
  it.each(calls.flatMap((call) => (['before', 'after'] as const).map((when) => ({ call, when }))))(
    'goes on where a process died $when call $call of a look',
    async ({ call, when }) => {
      const { ports } = one;
      comeBack(one);
      ports.time.now = noon + 10 * second;
      await advanceRequest(dyingAt(ports, call, when), id).catch((error: unknown) => {
        if (!(error instanceof Died)) throw error;
      });
      await settle(ports, 2 * minute);
      expect(await stateOf(ports)).toMatchObject({ cameBack: { session: { sessionId: 'session-2' } } });
      expect(audited(ports).filter((what) => what === 'session-came-back')).toHaveLength(1);
      expect(ports.channel.calls.post).toBe(3);
      expect(await isDue(ports)).toBe(false);
    },
  );

  it('is told once, however many replicas look', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const each = await world();
        comeBack(each);
        each.ports.time.now = noon + 10 * second;
        const replica = interleaved(each.ports, scheduler);
        await scheduler.waitFor(Promise.all([advanceRequest(replica, id), advanceRequest(replica, id)]));
        await settle(each.ports, 2 * minute);
        expect(audited(each.ports).filter((what) => what === 'session-came-back')).toHaveLength(1);
        expect(each.ports.channel.calls.post).toBe(3);
        expect(await isDue(each.ports)).toBe(false);
      }),
      runs(30),
    );
  });
});
