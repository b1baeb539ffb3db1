import { describe, expect, it } from '@jest/globals';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import { advanceRequest } from '../../../src/usecases/requests/advance-request.ts';
import { aSession, minute, noon } from '../../support/build.ts';
import { aroundCalls } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { hostId, id, second, stateOf, world } from './advanced.ts';

const failing = (failure: AzureFailure) => ({ ok: false, failure }) as const;

describe('a request that was sent', () => {
  it.each<AzureFailure>([{ kind: 'forbidden', action: 'disconnect' }, { kind: 'locked' }])(
    'is settled by a refusal: $kind',
    async (failure) => {
      const { ports } = await world();
      ports.bastion.answerDisconnect({ ok: false, failure, nothingDone: true });
      await advanceRequest(ports, id);
      expect(await stateOf(ports)).toMatchObject({ is: 'refused', failure });
      expect(ports.bastion.disconnects).toHaveLength(1);
    },
  );

  it('is proven by a reading though the answer to the call was lost', async () => {
    const { ports, open } = await world();
    ports.bastion.answerDisconnect(() => {
      open.delete('session-1');
      return { ok: false, failure: { kind: 'timed-out' }, nothingDone: false };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', calls: 1 });
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('is sent once more ten seconds later, and then said to have had no effect', async () => {
    const { ports } = await world();
    const calledAt: number[] = [];
    ports.bastion.answerDisconnect(() => {
      calledAt.push(ports.time.now);
      return { ok: true, state: 'Disconnected' };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'still-there', calls: 2 });
    const [first = 0, again = 0, ...more] = calledAt;
    expect(again - first).toBeGreaterThanOrEqual(10 * second);
    expect(ports.time.now - again).toBeGreaterThanOrEqual(minute);
    expect(more).toEqual([]);
  });

  it('is called unproven, not gone, when the host falls silent', async () => {
    const { ports } = await world();
    ports.bastion.answerDisconnect(() => {
      ports.bastion.answer(hostId, failing({ kind: 'timed-out' }));
      return { ok: true, state: 'Disconnected' };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'unproven', failure: { kind: 'timed-out' } });
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('is not proven by one reading that lost every session of a busy host', async () => {
    const { ports, open } = await world();
    for (const sessionId of ['session-3', 'session-4']) open.set(sessionId, aSession({ sessionId }));
    ports.bastion.answerDisconnect({ ok: true, state: 'Disconnected' });
    let readings = 0;
    ports.bastion.answer(hostId, () => {
      readings += 1;
      return { ok: true, sessions: readings === 2 ? [] : [...open.values()] };
    });
    await advanceRequest(ports, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'still-there' });
  });
});

describe('a process that was held up', () => {
  /** For a minute, once, after the first call of this name. */
  const heldUp = (ports: MemoryPorts, after: string, meanwhile: () => void | Promise<void>) => {
    let isOver = false;
    return aroundCalls(ports, async (name, call) => {
      const result = await call();
      if (name === after && !isOver) {
        isOver = true;
        ports.time.now += minute;
        await meanwhile();
      }
      return result;
    });
  };

  it('makes no call that may have been left to somebody else', async () => {
    const { ports, open } = await world();
    const successor = aSession({ startedAt: noon + minute });
    const slow = heldUp(ports, 'requests.save', async () => {
      await advanceRequest(ports, id);
      open.set('session-1', successor);
    });
    await advanceRequest(slow, id);
    expect(open.get('session-1')).toEqual(successor);
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('makes the call, or leaves it to whoever comes next, once it has read again', async () => {
    const { ports } = await world();
    await advanceRequest(
      heldUp(ports, 'requests.save', () => undefined),
      id,
    );
    await settle(ports, minute);
    expect(await stateOf(ports)).toMatchObject({ is: 'gone', calls: 2 });
    expect(ports.bastion.disconnects).toHaveLength(1);
  });

  it('does not go by what it had read before', async () => {
    const { ports, open } = await world();
    const successor = aSession({ startedAt: noon + minute });
    ports.time.now = noon + second;
    const slow = heldUp(ports, 'readings.end', () => void open.set('session-1', successor));
    await advanceRequest(slow, id);
    expect(await stateOf(ports)).toMatchObject({ is: 'not-sent', why: { change: 'other-start' } });
    expect(ports.bastion.disconnects).toEqual([]);
  });
});
