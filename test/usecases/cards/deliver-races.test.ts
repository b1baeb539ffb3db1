import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { minute, noon } from '../../support/build.ts';
import type { Around } from '../../support/calls.ts';
import { aroundCalls, Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';
import { change, ended, isDue, key, second, shownAlerts, world } from './delivered.ts';

describe('a delivery that is cut off', () => {
  const calls = Array.from({ length: 10 }, (_, call) => call);
  const cuts = calls.flatMap((call) => [
    { call, when: 'before' as const },
    { call, when: 'after' as const },
  ]);
  const lostAnswers = ({ lines }: MemoryPorts) =>
    lines.filter(({ event }) => event === 'posts again, the answer to an earlier post was lost').length;

  it.each(cuts)(
    '$when call $call shows one message, or says that an answer was lost',
    async ({ call, when }) => {
      const ports = await world();
      await deliverCard(dyingAt(ports, call, when), key).catch(diedOnly);
      await change(ports, ended);
      await settle(ports, minute);
      const shown = shownAlerts(ports);
      expect(shown.at(-1)).toMatchObject({ state: { is: 'ended' } });
      expect(shown.length - 1).toBeLessThanOrEqual(lostAnswers(ports));
      expect(await isDue(ports)).toBe(false);
    },
  );

  it.each(cuts)(
    '$when call $call of an edit leaves the next one to show the truth',
    async ({ call, when }) => {
      const ports = await world();
      await deliverCard(ports, key);
      await change(ports, { seenAt: noon + 1 });
      await deliverCard(dyingAt(ports, call, when), key).catch(diedOnly);
      await change(ports, ended);
      await settle(ports, minute);
      expect(shownAlerts(ports)).toMatchObject([{ version: 3, state: { is: 'ended' } }]);
      expect(await isDue(ports)).toBe(false);
    },
  );

  function diedOnly(error: unknown): undefined {
    if (!(error instanceof Died)) throw error;
  }
});

describe('an edit that reaches Slack after a newer one', () => {
  /** Delivers the second version while `meanwhile` happens just before its edit is carried out. */
  async function late(
    ports: MemoryPorts,
    meanwhile: () => Promise<unknown>,
    around: Around = async (_name, call) => call(),
  ): Promise<void> {
    await deliverCard(ports, key);
    await change(ports, { seenAt: noon + 1 });
    let isFirst = true;
    const slow = aroundCalls(ports, async (name, call) => {
      if (name === 'channel.update' && isFirst) {
        isFirst = false;
        await meanwhile();
      }
      return around(name, call);
    });
    await deliverCard(slow, key);
    await settle(ports, minute);
  }
  const newer = async (ports: MemoryPorts) => {
    await change(ports, ended);
    // For less nobody edits beside it.
    ports.time.now += 4 * second;
    await deliverCard(ports, key);
  };
  const truth = [{ version: 3, state: { is: 'ended' } }];

  it('is made once more with the truth', async () => {
    const ports = await world();
    await late(ports, async () => newer(ports));
    expect(shownAlerts(ports)).toMatchObject(truth);
  });

  it('is made once more though its answer was lost', async () => {
    const ports = await world();
    await late(
      ports,
      async () => newer(ports),
      async (name, call) => {
        const answer = await call();
        return name === 'channel.update' ? { ok: false, why: 'unsure' } : answer;
      },
    );
    expect(shownAlerts(ports)).toMatchObject(truth);
  });

  it('is made once more though somebody else stores an edit of theirs at the same moment', async () => {
    const ports = await world();
    let reads = 0;
    await late(
      ports,
      async () => newer(ports),
      async (name, call) => {
        const answer = await call();
        if (name === 'cards.get') reads += 1;
        if (name === 'cards.get' && reads === 2) {
          const card = await ports.cards.get(key);
          await ports.cards.save(card);
        }
        return answer;
      },
    );
    expect(shownAlerts(ports)).toMatchObject(truth);
  });
});

describe('replicas that deliver one card', () => {
  /** Several replicas get a hint while the alert changes twice. `lost` is the call to Slack whose answer is lost. */
  async function deliverAtOnce(
    scheduler: fc.Scheduler,
    isPosted: boolean,
    lost?: number,
  ): Promise<MemoryPorts> {
    const ports = await world();
    if (isPosted) await deliverCard(ports, key);
    let calls = 0;
    const losing = aroundCalls(ports, async (name, call) => {
      const answer = await call();
      if (!name.startsWith('channel.')) return answer;
      calls += 1;
      return calls === lost ? ({ ok: false, why: 'unsure' } satisfies ChannelFailure) : answer;
    });
    const replica = interleaved(losing, scheduler);
    const changes = async () => {
      await change(replica, { seenAt: noon + 1 });
      await change(replica, ended);
    };
    const deliveries = Array.from({ length: 3 }, async () => {
      await scheduler.schedule(Promise.resolve(), 'a hint arrives');
      await deliverCard(replica, key);
    });
    await scheduler.waitFor(Promise.all([changes(), ...deliveries]));
    await settle(ports, 2 * minute);
    return ports;
  }

  it('post once and end up with the truth', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isPosted) => {
        const ports = await deliverAtOnce(scheduler, isPosted);
        expect(shownAlerts(ports)).toMatchObject([{ version: 3, state: { is: 'ended' } }]);
        expect(ports.channel.calls.post).toBe(1);
        expect(await isDue(ports)).toBe(false);
      }),
      runs(200),
    );
  });

  it('end up with the truth when an answer is lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.boolean(),
        fc.integer({ min: 1, max: 4 }),
        async (scheduler, isPosted, lost) => {
          const ports = await deliverAtOnce(scheduler, isPosted, lost);
          expect(shownAlerts(ports).at(-1)).toMatchObject({ version: 3, state: { is: 'ended' } });
          expect(await isDue(ports)).toBe(false);
        },
      ),
      runs(500),
    );
  });
});
