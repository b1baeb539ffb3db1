import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, anAlert, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';
import { acknowledged, callsFor, change, ended, hour, key, removeCard, shown, steps } from './replied.ts';

const second = 1000;

/** An alert with its card; then somebody acknowledges it, and somebody deletes the card. */
async function withoutParent(changes: Partial<Alert> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert()]);
  await deliverCard(ports, key);
  await change(ports, { steps: [acknowledged], ...changes });
  removeCard(ports);
  return ports;
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
