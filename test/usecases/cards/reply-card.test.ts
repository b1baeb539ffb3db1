import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, anAlert, minute, noon } from '../../support/build.ts';
import { aroundCalls, Died, dyingAt } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

const second = 1000;
const hour = 60 * minute;
const key: CardKey = { card: 'alert', id: 'alert-1' };
const steps: CardKey = { card: 'alert-steps', id: 'alert-1' };
const acknowledged = { did: 'acknowledged', by: 'U0BOB', at: noon } as const;
const ended: Partial<Alert> = { state: { is: 'ended', checkedAt: noon } };

/** An alert with its card; then somebody acknowledges it, and somebody deletes the card. */
async function withoutParent(changes: Partial<Alert> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert()]);
  await deliverCard(ports, key);
  await change(ports, { steps: [acknowledged], ...changes });
  removeCard(ports);
  return ports;
}

async function change(ports: MemoryPorts, changes: Partial<Alert>): Promise<void> {
  const alert = await ports.alerts.get('alert-1');
  if (alert) await remember(ports, aHostState(), [{ ...alert, ...changes }]);
}

function removeCard({ channel }: MemoryPorts): void {
  const card = channel.messages.find(({ content }) => content.card === 'alert');
  if (card) channel.remove(card.ref);
}

/** Each message with what it replies to. */
const shown = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content, ref, place }) => ({
    card: content.card,
    message: ref.message,
    ...('thread' in place && { thread: place.thread }),
  }));
/** Everything that is read and written from here on for so long. */
async function callsFor(ports: Ports & Pick<MemoryPorts, 'time'>, ms: number): Promise<readonly string[]> {
  const calls: string[] = [];
  const counted = aroundCalls(ports, async (name, call) => {
    if (name === 'cards.save' || name.startsWith('channel.')) calls.push(name);
    return call();
  });
  await settle({ ...counted, time: ports.time }, ms);
  return calls;
}

describe('a reply whose parent somebody has deleted', () => {
  it('follows into the thread of the card that is posted anew', async () => {
    const ports = await withoutParent();
    await deliverCard(ports, steps);
    expect(shown(ports)).toEqual([]);
    await settle(ports, minute);
    expect(shown(ports)).toEqual([
      { card: 'alert', message: 'message-2' },
      { card: 'alert-steps', message: 'message-3', thread: 'message-2' },
    ]);
  });

  it('needs nobody where the alert asks for nothing any more, for good', async () => {
    const ports = await withoutParent(ended);
    await deliverCard(ports, steps);
    await settle(ports, 10 * second);
    expect(shown(ports)).toEqual([]);
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
    expect(await callsFor(ports, hour)).toEqual([]);
  });

  it('needs nobody where the card was given up before the reply came', async () => {
    const ports = await withoutParent(ended);
    await deliverCard(ports, key);
    await settle(ports, 10 * second);
    expect(shown(ports)).toEqual([]);
    expect(await ports.due.by(Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });

  it('is not posted while nobody can say whether the parent is there', async () => {
    const ports = await withoutParent();
    await deliverCard(ports, key);
    ports.channel.failNext({ ok: false, why: 'unreachable' });
    await deliverCard(ports, steps);
    expect(ports.channel.calls.post).toBe(2);
    expect(await ports.due.by(ports.time.now + 5 * second, 9)).toContainEqual({ kind: 'card', key: steps });
  });

  it('keeps no posts waiting while Slack wants to hear no such question', async () => {
    const closed: unknown[] = [];
    const rateLimiter = { take: async () => 0, close: async (...what: unknown[]) => void closed.push(what) };
    const ports = { ...(await withoutParent()), rateLimiter };
    ports.channel.failNext({ ok: false, why: 'rate-limited', retryAt: noon + 7 * second });
    await deliverCard(ports, steps);
    expect(closed).toEqual([['looks', 7 * second]]);
    const item = { kind: 'card', key: steps };
    expect(await ports.due.by(noon + 7 * second - 1, 9)).not.toContainEqual(item);
    expect(await ports.due.by(noon + 7 * second, 9)).toContainEqual(item);
  });

  it('is read beside the card that is posted anew, and nowhere else', async () => {
    const ports = await withoutParent();
    await settle(ports, minute);
    removeCard(ports);
    await change(ports, { steps: [acknowledged, { ...acknowledged, did: 'unacknowledged' }] });
    await settle(ports, minute);
    expect(shown(ports)).toEqual([
      { card: 'alert', message: 'message-4' },
      { card: 'alert-steps', message: 'message-5', thread: 'message-4' },
    ]);
  });

  it('waits for a parent that Slack refuses, without asking every few seconds', async () => {
    const ports = memoryPorts();
    await remember(ports, aHostState(), [anAlert({ steps: [acknowledged] })]);
    const refused = { ok: false, why: 'refused', code: 'is_archived' } as const;
    const refusing = { ...ports, channel: { ...ports.channel, post: async () => refused } };
    const calls = await callsFor(refusing, hour);
    expect(calls.filter((name) => name === 'cards.save').length).toBeLessThan(120);
  });
});

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
