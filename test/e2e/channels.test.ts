import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { current } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually, eventuallyTyped } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

const health = z.object({
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

describe('a channel that Slack lets nobody post in', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let bot: Bot;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    bot = await world.startBot();
    alice = world.slack.as('U0ALICE');
    await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
  }, 60_000);

  afterAll(async () => world.stop());

  const partOf = async (name: string) => {
    const answer = await fetch(`${bot.adminUrl}/readyz`);
    const { parts } = health.parse(await answer.json());
    return { status: answer.status, ...parts.find((part) => part.name === name) };
  };

  it('for a while keeps neither a form nor another channel waiting', async () => {
    const limit = world.slack.fault({
      method: 'chat.postMessage',
      channel: 'C0ALERTS',
      instead: { status: 429, headers: { 'retry-after': '600' } },
    });
    host.startSession({ vm: 'vm-db-2', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    await eventually('the channel is limited', () => limit.hits === 1);
    const [alert] = alice.messages('C0ALERTS');
    if (!alert) throw new Error('there is no alert');
    await alice.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'maintenance' });
    await untilReads(world, 'C0APPROVE', alice, /maintenance/);
    expect(limit.hits).toBe(1);
    limit.end();
  });

  it.each(['not_in_channel', 'token_revoked'])(
    'for good is named where administrators look, and not asked again and again: %s',
    async (code) => {
      const begunAt = performance.now();
      const refusal = world.slack.fault({
        method: 'chat.postMessage',
        channel: 'C0APPROVE',
        instead: { error: code },
      });
      const vm = `vm-${code.replaceAll('_', '-')}`;
      host.startSession({ vm, login: 'dba', protocol: 'ssh', ageMs: hourMs / 2 });
      await eventuallyTyped('it is listed', async () => {
        await alice.command(`/bastion sessions vm:${vm}`);
        return JSON.stringify(await alice.nextEphemeral()).includes('1 of');
      });
      const list = alice.ephemerals.at(-1);
      if (!list) throw new Error('there is no list');
      await alice.press(list, 'Request disconnect');
      await alice.submit(await world.slack.changes.until(() => alice.modal, 'the form'), {
        reason: `because of ${code}`,
      });
      await eventually('it is named', async () =>
        ((await partOf('channel approvals')).detail ?? '').endsWith(`: ${code}`),
      );
      expect(await partOf('channel approvals')).toMatchObject({ status: 200, state: 'degraded' });
      const minutes = Math.floor((performance.now() - begunAt) / 60_000);
      expect(refusal.hits).toBeLessThanOrEqual(1 + minutes);
      refusal.end();
    },
  );
});

describe('a policy that names other channels after a restart', () => {
  let world: TestWorld;
  let alice: Person;

  beforeAll(async () => {
    world = await startWorld({
      channels: [
        { id: 'C0ALERTS', name: 'alerts' },
        { id: 'C0APPROVE', name: 'approvals' },
        { id: 'C0NEW', name: 'night-watch' },
        { id: 'C0NEWAPPROVE', name: 'night-leads' },
      ],
    });
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    alice = world.slack.as('U0ALICE');
  }, 60_000);

  afterAll(async () => world.stop());

  it('finds what is open there, with its thread and buttons, and the old messages say where it went', async () => {
    const bot = await world.startBot();
    const alert = await untilReads(world, 'C0ALERTS', alice, /vm-db-1/);
    await alice.press(alert, 'Acknowledge');
    await untilReads(world, 'C0ALERTS', alice, /What was done about/);
    await alice.press(alert, 'Request disconnect');
    await alice.submit(await world.slack.changes.until(() => alice.modal, 'the form'), {
      reason: 'maintenance',
    });
    await untilReads(world, 'C0APPROVE', alice, /maintenance/);
    await bot.stop();

    await world.startBot({ ...quickPolicy, channels: { alerts: 'C0NEW', approvals: 'C0NEWAPPROVE' } });
    const moved = await untilReads(world, 'C0NEW', alice, /dba.*vm-db-1/);
    const steps = await untilReads(world, 'C0NEW', alice, /What was done about/);
    expect(steps.threadTs).toBe(moved.ts);
    const request = await untilReads(world, 'C0NEWAPPROVE', alice, /maintenance/);
    await eventually('the old ones say so', () =>
      [...alice.messages('C0ALERTS'), ...alice.messages('C0APPROVE')].every((message) =>
        /vm-db-1[^]*Moved to #night-(watch|leads)/.test(textOf(message, alice)),
      ),
    );
    expect(JSON.stringify(alice.messages('C0APPROVE').map(current))).not.toContain('"type":"button"');
    await world.slack.as('U0BOB').press(request, 'Approve & disconnect');
    await untilReads(world, 'C0NEW', alice, /ended/i);
    expect(alice.messages('C0ALERTS')).toHaveLength(2);
  }, 180_000);
});
