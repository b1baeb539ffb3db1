import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aHostState, anAlert, minute, noon } from '../../support/build.ts';
import { aroundCalls, Died, dyingAt, interleaved } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { runs } from '../../support/runs.ts';
import { settle } from '../../support/settle.ts';

const second = 1000;
const key: CardKey = { card: 'alert', id: 'alert-1' };

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  await remember(ports, aHostState(), [anAlert()]);
  await deliverCard(ports, key);
  return ports;
}

async function change(ports: Ports, changes: Partial<Alert>): Promise<void> {
  const alert = await ports.alerts.get('alert-1');
  if (alert) await remember(ports, aHostState(), [{ ...alert, ...changes }]);
}

const versionShown = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content }) => (content.card === 'alert' ? content.alert.version : undefined));
const dueCards = async ({ due }: MemoryPorts) => due.by(Number.MAX_SAFE_INTEGER, 9);
function diedOnly(error: unknown): undefined {
  if (!(error instanceof Died)) throw error;
}

/** Its process dies while Slack has not carried out the edit; somebody else shows what is new; then it arrives. */
async function lateAndDead(arrivesAfterMs: number): Promise<MemoryPorts> {
  const ports = await world();
  await change(ports, { seenAt: noon + 1 });
  ports.channel.holdUp(1);
  const dying = aroundCalls(ports, async (name, call) => {
    const answer = await call();
    if (name === 'channel.update') throw new Died(name);
    return answer;
  });
  await deliverCard(dying, key).catch(diedOnly);
  await change(ports, { state: { is: 'ended', checkedAt: noon } });
  await settle(ports, arrivesAfterMs);
  expect(versionShown(ports)).toEqual([3]);
  ports.channel.arrive();
  expect(versionShown(ports)).toEqual([2]);
  return ports;
}

describe('an edit that arrives late, of a process that is dead', () => {
  it.each([6 * second, 20 * second])('is written over: %d ms late', async (ms) => {
    const ports = await lateAndDead(ms);
    await settle(ports, minute);
    expect(versionShown(ports)).toEqual([3]);
    expect(await dueCards(ports)).toEqual([]);
    expect(await ports.cards.get(key)).not.toHaveProperty('editing');
  });

  it('keeps nobody from showing what is new meanwhile for long', async () => {
    const ports = await world();
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(dyingAt(ports, 5, 'before'), key).catch(diedOnly);
    expect(await ports.cards.get(key)).toHaveProperty('editing');
    await change(ports, { state: { is: 'ended', checkedAt: noon } });
    await settle(ports, 6 * second);
    expect(versionShown(ports)).toEqual([3]);
  });
});

describe('an edit whose answer was lost', () => {
  it('is written over though it arrives after the next one', async () => {
    const ports = await world();
    await change(ports, { seenAt: noon + 1 });
    ports.channel.holdUp(1);
    await deliverCard(ports, key);
    await change(ports, { state: { is: 'ended', checkedAt: noon } });
    await settle(ports, 10 * second);
    ports.channel.arrive();
    await settle(ports, minute);
    expect(versionShown(ports)).toEqual([3]);
    expect(await dueCards(ports)).toEqual([]);
  });

  it('is written over though somebody has edited beside it', async () => {
    const ports = await world();
    await change(ports, { seenAt: noon + 1 });
    ports.channel.holdUp(1);
    const slow = aroundCalls(ports, async (name, call) => {
      const answer = await call();
      if (name === 'channel.update' && ports.channel.calls.update === 1) {
        await change(ports, { state: { is: 'ended', checkedAt: noon } });
        ports.time.now += 4 * second;
        await deliverCard(ports, key);
      }
      return answer;
    });
    await deliverCard(slow, key);
    await settle(ports, 10 * second);
    ports.channel.arrive();
    await settle(ports, minute);
    expect(versionShown(ports)).toEqual([3]);
    expect(await dueCards(ports)).toEqual([]);
  });
});

describe('an ordinary edit', () => {
  it('is two writes, and one of Slack', async () => {
    const ports = await world();
    const { version } = await ports.cards.get(key);
    await change(ports, { seenAt: noon + 1 });
    await deliverCard(ports, key);
    expect((await ports.cards.get(key)).version).toBe(version + 2);
    expect(ports.channel.calls.update).toBe(1);
    expect(await dueCards(ports)).toEqual([]);
  });
});

describe('edits by replicas of which some die, and that arrive whenever they like', () => {
  it('show the last state in the end', async () => {
    const story = fc.record({
      /** Of each replica, the call in which it dies. */
      deaths: fc.array(fc.option(fc.nat(12), { nil: undefined }), { minLength: 2, maxLength: 4 }),
      heldUp: fc.nat(3),
      /** How much time passes before each hint. */
      pausesMs: fc.array(fc.nat(5000), { minLength: 4, maxLength: 4 }),
      arriveAfterMs: fc.array(fc.nat(25_000), { minLength: 4, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        story,
        async (scheduler, { deaths, heldUp, pausesMs, arriveAfterMs }) => {
          const ports = await world();
          ports.channel.holdUp(heldUp);
          const deliveries = deaths.map(async (death, index) => {
            const replica = interleaved(ports, scheduler);
            await scheduler.schedule(Promise.resolve(), 'a hint arrives');
            ports.time.now += pausesMs[index] ?? 0;
            const mortal = death === undefined ? replica : dyingAt(replica, death, 'after');
            await deliverCard(mortal, key).catch(diedOnly);
          });
          const changes = async () => {
            for (const seenAt of [noon + 1, noon + 2, noon + 3]) {
              await scheduler.schedule(Promise.resolve(), 'the alert changes');
              await change(ports, { seenAt });
            }
          };
          await scheduler.waitFor(Promise.all([changes(), ...deliveries]));
          const instants = arriveAfterMs.toSorted((a, b) => a - b);
          let passed = 0;
          for (const instant of instants) {
            await settle(ports, instant - passed);
            passed = instant;
            ports.channel.arrive();
          }
          await settle(ports, 2 * minute);
          expect(versionShown(ports)).toEqual([4]);
          expect(await dueCards(ports)).toEqual([]);
        },
      ),
      runs(200),
    );
  });
});
