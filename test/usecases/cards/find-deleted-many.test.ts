import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { MessageRef } from '../../../src/domain/cards/card.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { findDeleted } from '../../../src/usecases/cards/find-deleted.ts';
import { aHostState, anAlert, aRequest, aSession, aTrackedSession, minute } from '../../support/build.ts';
import { Died, dyingAt } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { counted, deliverDue } from './looked.ts';

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
