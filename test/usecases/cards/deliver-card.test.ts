import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aRequest, minute, noon } from '../../support/build.ts';
import { aroundCalls } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { change, ended, isDue, key, second, shownAlerts, world } from './delivered.ts';

describe('a card', () => {
  it('in a channel that another company reads is in trouble until that is over', async () => {
    const ports = await world();
    ports.channel.failNext({ ok: false, why: 'shared-channel' });
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toMatchObject([{ key, trouble: { code: 'shared-channel' } }]);
    ports.time.now += minute;
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toEqual([]);
  });

  it('is posted to the channel of its kind, with what its view needs', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    expect(ports.channel.messages).toMatchObject([
      {
        place: { channel: 'C0ALERTS' },
        content: { card: 'alert', alert: { id: 'alert-1' }, approval: 'required' },
      },
    ]);
    expect(await ports.cards.get(key)).toMatchObject({ shown: 1, message: { message: 'message-1' } });
    expect(await ports.cards.get(key)).not.toHaveProperty('posting');
    expect(await isDue(ports)).toBe(false);
  });

  it('is left alone while it shows its subject as it is', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    await deliverCard(ports, key);
    expect(ports.channel.calls).toEqual({ post: 1, update: 0 });
  });

  it('is edited once for many changes', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    await change(ports, { seenAt: noon + 1 });
    await change(ports, ended);
    await deliverCard(ports, key);
    expect(ports.channel.calls).toEqual({ post: 1, update: 1 });
    expect(shownAlerts(ports)).toMatchObject([{ version: 3, state: { is: 'ended' } }]);
    expect(await isDue(ports)).toBe(false);
  });

  it.each<[CardKey['card'], RequestState, object]>([
    ['request', { is: 'pending' }, { place: { channel: 'C0APPROVE' }, content: { card: 'request' } }],
    ['outcome', { is: 'expired', at: noon }, { place: { user: 'U0ASKER' }, content: { card: 'outcome' } }],
  ])('%s of a request goes where it belongs', async (card, state, expected) => {
    const ports = memoryPorts();
    const request = aRequest({ state });
    await ports.requests.open(request, auditOfRequest(request, noon));
    await deliverCard(ports, { card, id: request.id });
    expect(ports.channel.messages).toMatchObject([expected]);
  });

  it('of a subject that is not there is nothing', async () => {
    const ports = memoryPorts();
    await deliverCard(ports, key);
    await deliverCard(ports, { card: 'request', id: 'never' });
    expect(ports.channel.calls).toEqual({ post: 0, update: 0 });
  });

  it('shows a change that came while it was posted', async () => {
    const ports = await world();
    const changing = aroundCalls(ports, async (name, call) => {
      const result = await call();
      if (name === 'channel.post') await change(ports, ended);
      return result;
    });
    await deliverCard(changing, key);
    await settle(ports, 10 * second);
    expect(shownAlerts(ports)).toMatchObject([{ state: { is: 'ended' } }]);
    expect(ports.channel.calls).toEqual({ post: 1, update: 1 });
  });
});

describe('a message that somebody deleted', () => {
  async function withDeleted(changes: Partial<Alert>): Promise<MemoryPorts> {
    const ports = await world();
    await deliverCard(ports, key);
    const [message] = ports.channel.messages;
    if (message) ports.channel.remove(message.ref);
    await change(ports, changes);
    await deliverCard(ports, key);
    return ports;
  }

  it('is posted anew when it still asks for something', async () => {
    const ports = await withDeleted({ seenAt: noon + 1 });
    expect(shownAlerts(ports)).toMatchObject([{ version: 2 }]);
    expect(await isDue(ports)).toBe(false);
  });

  it('stays deleted when nothing is left to ask', async () => {
    const ports = await withDeleted(ended);
    expect(ports.channel.messages).toEqual([]);
    expect(await isDue(ports)).toBe(false);
  });
});
