import { describe, expect, it } from '@jest/globals';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, anAlert, minute, noon } from '../../support/build.ts';
import { aroundCalls, Died, dyingAt } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { acknowledged, callsFor, change, ended, hour, key, removeCard, shown, steps } from './replied.ts';

describe('a reply whose parent is deleted between the look and the post', () => {
  /** Deletes the parent after `call`, and lets the delivery go on. */
  function deletingAfter(ports: MemoryPorts, call: string) {
    let isDeleted = false;
    return aroundCalls(ports, async (name, proceed) => {
      const answer = await proceed();
      if (name === call && !isDeleted) {
        isDeleted = true;
        removeCard(ports);
      }
      return answer;
    });
  }

  async function withParent(): Promise<MemoryPorts> {
    const ports = memoryPorts();
    await remember(ports, aHostState(), [anAlert()]);
    await deliverCard(ports, key);
    await change(ports, { steps: [acknowledged] });
    await deliverCard(ports, key);
    return ports;
  }

  it('is deleted again where it stands alone, and follows', async () => {
    const ports = await withParent();
    await deliverCard(deletingAfter(ports, 'channel.look'), steps);
    await settle(ports, minute);
    expect(shown(ports)).toEqual([
      { card: 'alert', message: 'message-3' },
      { card: 'alert-steps', message: 'message-4', thread: 'message-3' },
    ]);
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it('is deleted again where the alert asks for nothing any more', async () => {
    const ports = await withParent();
    await change(ports, ended);
    await deliverCard(ports, key);
    await deliverCard(deletingAfter(ports, 'channel.look'), steps);
    await settle(ports, minute);
    expect(shown(ports)).toEqual([]);
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it('is found and deleted where its answer was lost, though nobody needs it any more', async () => {
    const ports = await withParent();
    ports.channel.mayRead = true;
    await change(ports, ended);
    await deliverCard(ports, key);
    const losing = aroundCalls(deletingAfter(ports, 'channel.look'), async (name, call) => {
      const answer = await call();
      return name === 'channel.post' ? { ok: false, why: 'unsure' } : answer;
    });
    await deliverCard(losing, steps);
    expect(shown(ports)).toEqual([{ card: 'alert-steps', message: 'message-2' }]);
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(ports, key);
    await settle(ports, 2 * minute);
    expect(shown(ports)).toEqual([]);
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it('is given up where nobody can look for it', async () => {
    const ports = await withParent();
    await change(ports, ended);
    await deliverCard(ports, key);
    await ports.cards.save({ ...(await ports.cards.get(steps)), posting: { since: noon } }, noon);
    removeCard(ports);
    await change(ports, { seenAt: noon + 1 });
    await settle(ports, 2 * minute);
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
    expect(await callsFor(ports, hour)).toEqual([]);
  });

  const cuts = Array.from({ length: 16 }, (_, call) => call).flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);

  it.each(cuts)('leaves nothing alone in the channel, cut off $when call $call', async ({ call, when }) => {
    const ports = await withParent();
    ports.channel.mayRead = true;
    const dying = dyingAt(deletingAfter(ports, 'channel.look'), call, when);
    await deliverCard(dying, steps).catch((error: unknown) => {
      if (!(error instanceof Died)) throw error;
    });
    removeCard(ports);
    await change(ports, { seenAt: noon + 1 });
    await settle(ports, 3 * minute);
    const [card, reply, ...more] = shown(ports);
    expect(more).toEqual([]);
    expect(card?.card).toBe('alert');
    expect(reply).toMatchObject({ card: 'alert-steps', thread: card?.message });
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });
});
