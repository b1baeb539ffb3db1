import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { MessageRef } from '../../../src/domain/cards/card.ts';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { findDeleted } from '../../../src/usecases/cards/find-deleted.ts';
import { aHostState, anAlert, aRequest, aSession, aTrackedSession, minute } from '../../support/build.ts';
import { Died, dyingAt } from '../../support/calls.ts';
import { memoryRateLimiter } from '../../support/memory-rate-limiter.ts';
import type { KeptChannel, MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';

/** An alert and a request, each with its card. */
async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState({ trackedSessions: [aTrackedSession({ alertId: 'alert-1' })] }), [
    anAlert(),
  ]);
  const request = aRequest();
  await ports.requests.open(request, auditOfRequest(request, request.askedAt));
  await deliverDue(ports);
  return ports;
}

async function deliverDue(ports: MemoryPorts): Promise<void> {
  for (const item of await ports.due.by(ports.time.now, 100)) {
    if (item.kind === 'card') await deliverCard(ports, item.key);
  }
}

function deleteAll({ channel }: MemoryPorts): void {
  while (channel.messages[0]) channel.remove(channel.messages[0].ref);
}

const shown = (ports: MemoryPorts) => ports.channel.messages.map(({ content }) => content.card).toSorted();

describe('a card that somebody deleted', () => {
  it('is posted anew where it asks for something, though nothing has changed', async () => {
    const ports = await world();
    expect(shown(ports)).toEqual(['alert', 'request']);
    deleteAll(ports);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(shown(ports)).toEqual(['alert', 'request']);
    ports.time.now += minute;
    await findDeleted(ports);
    await deliverDue(ports);
    expect(ports.channel.calls.post).toBe(4);
  });

  it('is posted anew where it waits for Azure and can be cancelled', async () => {
    const ports = await world();
    const failure = { kind: 'busy' } as const;
    const waiting = { since: 0, failure, nextTryAt: Infinity, for: 'call', isSaid: true } as const;
    const request = aRequest({ version: 1, state: { is: 'approved', decidedAt: 0, waiting } });
    await ports.requests.save(request, auditOfRequest(request, ports.time.now));
    deleteAll(ports);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(shown(ports)).toEqual(['alert', 'request']);
  });

  it('stays deleted where nothing is asked any more', async () => {
    const ports = await world();
    const request = { ...aRequest({ version: 1 }), state: { is: 'expired', at: ports.time.now } as const };
    await ports.requests.save(request, auditOfRequest(request, ports.time.now));
    await deliverDue(ports);
    deleteAll(ports);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(shown(ports)).toEqual(['alert']);
  });

  it.each<ChannelFailure>([
    { ok: false, why: 'unsure' },
    { ok: false, why: 'unreachable' },
    { ok: false, why: 'refused', code: 'channel_not_found' },
  ])('is not taken for deleted where Slack cannot say: $why', async (failure) => {
    const ports = await world();
    ports.channel.failNext(failure);
    await findDeleted(ports);
    await deliverDue(ports);
    expect(ports.channel.calls.post).toBe(2);
  });

  it('is left to the next turn once Slack wants silence, and the process stops', async () => {
    const { looks, ports } = counted(await world());
    ports.channel.failNext({ ok: false, why: 'rate-limited', retryAt: ports.time.now + 30_000 });
    await findDeleted(ports);
    expect(looks).toHaveLength(1);
    await findDeleted(ports);
    expect(looks).toHaveLength(1);
    ports.time.now += 30_000;
    await findDeleted(ports, AbortSignal.abort());
    expect(looks).toHaveLength(1);
    await findDeleted(ports);
    expect(looks).toHaveLength(3);
  });
});

/** A thousand alerts with their cards, and some requests with theirs. */
async function crowded(pending = 0): Promise<MemoryPorts> {
  const ports = memoryPorts();
  const numbers = Array.from({ length: 1000 }, (_, index) => index);
  const trackedSessions = numbers.map((number) =>
    aTrackedSession({
      ref: `ref-${number}`,
      session: aSession({ sessionId: `session-${number}` }),
      alertId: `alert-${number}`,
    }),
  );
  await remember(
    ports,
    aHostState({ trackedSessions }),
    numbers.map((number) => anAlert({ id: `alert-${number}` })),
  );
  for (const number of numbers.slice(0, pending)) {
    const session = aSession({ sessionId: `session-${number}` });
    const request = aRequest({ id: `request-${number}`, ref: `ref-${number}`, session, expiresAt: Infinity });
    await ports.requests.open(request, auditOfRequest(request, request.askedAt));
  }
  for (const item of await ports.due.by(ports.time.now, 2000)) {
    if (item.kind === 'card') await deliverCard(ports, item.key);
  }
  return ports;
}

/** At the pace that Slack wants, each look on record. */
function counted(bare: MemoryPorts) {
  const looks: { readonly at: number; readonly message: string }[] = [];
  const channel: KeptChannel = {
    ...bare.channel,
    look: async (ref) => {
      looks.push({ at: bare.time.now, message: ref.message });
      return bare.channel.look(ref);
    },
  };
  return { looks, ports: { ...bare, channel, rateLimiter: memoryRateLimiter(bare.clock) } };
}

describe('one deleted card among a thousand', () => {
  /** The rounds of two replicas, which come every five seconds unless they take longer. */
  async function goRounds(ports: MemoryPorts, ms: number): Promise<void> {
    const until = ports.time.now + ms;
    while (ports.time.now < until) {
      const begunAt = ports.time.now;
      await Promise.all([findDeleted(ports), findDeleted(ports)]);
      await deliverDue(ports);
      ports.time.now = Math.max(ports.time.now, begunAt + 5000);
    }
  }

  function mostInAMinute(looks: readonly { readonly at: number }[]): number {
    return Math.max(
      ...looks.map(({ at }) => looks.filter((one) => one.at >= at && one.at < at + minute).length),
    );
  }

  it.each([0, 10])('is there again within five minutes, beside %i requests', async (pending) => {
    const { looks, ports } = counted(await crowded(pending));
    await goRounds(ports, 7 * minute);
    const alerts = ports.channel.messages.filter(({ content }) => content.card === 'alert');
    const latest = alerts.toSorted((one, other) => lastLook(looks, one) - lastLook(looks, other)).at(-1);
    if (!latest) throw new Error('there is no alert');
    ports.channel.remove(latest.ref);
    const deletedAt = ports.time.now;
    const isBack = () => ports.channel.messages.length === 1000 + pending;
    while (!isBack() && ports.time.now < deletedAt + 10 * minute) await goRounds(ports, 1);
    expect(isBack()).toBe(true);
    expect(ports.time.now - deletedAt).toBeLessThan(5 * minute);
    expect(mostInAMinute(looks)).toBeLessThanOrEqual(251);
    const gaps = looks.slice(1).map(({ at }, index) => at - (looks[index]?.at ?? at));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(240);
  });

  it('keeps no request waiting for longer than its minute', async () => {
    const { looks, ports } = counted(await crowded(10));
    await goRounds(ports, 5 * minute);
    for (const { ref } of ports.channel.messages.filter(({ content }) => content.card === 'request')) {
      const seen = looks.filter(({ message }) => message === ref.message).map(({ at }) => at);
      const gaps = seen.slice(1).map((at, index) => at - (seen[index] ?? at));
      expect(gaps.length).toBeGreaterThanOrEqual(3);
      expect(Math.max(...gaps)).toBeLessThanOrEqual(75_000);
    }
  });

  it('is found all the same by who comes after a process that died', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(300),
        fc.constantFrom('before' as const, 'after' as const),
        async (call, when) => {
          const { looks, ports } = counted(await crowded());
          await goRounds(ports, minute);
          const before = new Set(looks.map(({ message }) => message));
          await findDeleted(dyingAt(ports, call, when)).catch((error: unknown) => {
            if (!(error instanceof Died)) throw error;
          });
          await goRounds(ports, 4 * minute);
          expect(before.size).toBeGreaterThan(200);
          expect(new Set(looks.map(({ message }) => message)).size).toBe(1000);
          // Nothing was looked at twice before all were once, but for what the dead one had in hand.
          expect(new Set(looks.slice(0, 1002).map(({ message }) => message)).size).toBeGreaterThanOrEqual(
            1000,
          );
        },
      ),
      runs(5),
    );
  });

  function lastLook(
    looks: readonly { readonly at: number; readonly message: string }[],
    { ref }: { readonly ref: MessageRef },
  ): number {
    return looks.findLast(({ message }) => message === ref.message)?.at ?? 0;
  }
});
