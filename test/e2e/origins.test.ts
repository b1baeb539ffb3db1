import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { targetIdOf } from '../simulator/azure/session-json.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually, eventuallyTyped } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const minuteMs = 60_000;
const erin = { entraUser: 'erin@contractor.example', clientAddress: '203.0.113.24' };
const health = z.object({
  status: z.string().optional(),
  parts: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string().optional() })),
});

describe('who is behind a session and from where, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let bot: Bot;
  let [alice, bob]: Person[] = [];

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    bot = await world.startBot(
      { ...quickPolicy, rules: [{ name: 'databases', match: { vm: 'vm-db-*' }, warnAfter: '2s' }] },
      world.azure.logs.environment,
    );
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  });
  afterEach(() => world.azure.logs.behaveNormally());
  afterAll(async () => world.stop());

  const person = (one: Person | undefined): Person => {
    if (!one) throw new Error('the world has not begun');
    return one;
  };
  const list = async (typed: string) => {
    await person(alice).command(`/bastion sessions ${typed}`);
    return textOf(await person(alice).nextEphemeral(), person(alice));
  };
  const logs = async () => {
    const answer = await fetch(`${bot.adminUrl}/readyz`);
    const { parts } = health.parse(await answer.json());
    return { status: answer.status, part: parts.find(({ name }) => name === 'logs') };
  };

  it('fills in on list and alert once a late row is there, and is found by it', async () => {
    world.azure.logs.latenessMs = 60 * minuteMs;
    const { id } = host.startSession({ vm: 'vm-db-1', login: 'dba', origin: erin });
    const alert = await untilReads(world, 'C0ALERTS', person(alice), /Open too long[^]*vm-db-1/);
    expect(textOf(alert, person(alice))).not.toMatch(/erin|203\.0\.113/);
    world.azure.logs.deliver(id);
    await untilReads(
      world,
      'C0ALERTS',
      person(alice),
      /vm-db-1[^]*erin@contractor\.example[^]*203\.0\.113\.24/,
    );
    for (const typed of ['entra:*@contractor.example', 'from:203.0.113.*']) {
      expect(await list(typed)).toMatch(
        /1 of 1 session[^]*dba on vm-db-1[^]*203\.0\.113\.24[^]*erin@contractor/,
      );
    }
    expect(await list('entra:*@elsewhere.example')).not.toMatch(/vm-db-1/);
    host.endSession(id);
  });

  it('costs a list no query: the log may hang', async () => {
    const { id } = host.startSession({ vm: 'vm-web-1', login: 'deploy', ageMs: 10 * minuteMs, origin: erin });
    await eventuallyTyped('it is known', async () => /erin@contractor/.test(await list('vm-web-1')));
    world.azure.logs.behave({ hang: true });
    expect(await list('vm-web-1')).toMatch(/erin@contractor/);
    host.endSession(id);
  });

  it('is one of two where two fit, and neither of them approves', async () => {
    const session = host.startSession({
      vm: 'vm-db-2',
      login: 'azureuser',
      ageMs: 10 * minuteMs,
      origin: { entraUser: 'bob@example.com', clientAddress: '198.51.100.4', tunnelId: 'one-tunnel' },
    });
    world.azure.logs.addRow({
      _ResourceId: host.id,
      TunnelId: 'another-tunnel',
      TargetResourceId: targetIdOf(session, host),
      TargetVMIPAddress: session.address,
      Protocol: session.protocol,
      UserName: session.login,
      UserEmail: erin.entraUser,
      ClientIpAddress: erin.clientAddress,
      TimeGenerated: session.startedAt + 60_000,
      Time: session.startedAt + 60_000,
    });
    const alert = await untilReads(
      world,
      'C0ALERTS',
      person(alice),
      /vm-db-2[^]*one of[^]*bob@example\.com[^]*erin@contractor\.example/,
    );
    await person(alice).press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => person(alice).modal, 'the form');
    await person(alice).submit(form, { reason: 'maintenance tonight' });
    const card = await untilReads(
      world,
      'C0APPROVE',
      person(bob),
      /Waiting for approval[^]*vm-db-2[^]*one of/,
    );
    await person(bob).press(card, 'Approve & disconnect');
    const refusal = textOf(await person(bob).nextEphemeral(), person(bob));
    expect(refusal).toMatch(/may be your own session/);
    expect(host.disconnects).toEqual([]);
    await person(alice).press(card, 'Cancel request');
    host.endSession(session.id);
  });

  it('is completed in the history where the row came after the end', async () => {
    world.azure.logs.latenessMs = 60 * minuteMs;
    const { id } = host.startSession({ vm: 'vm-short', login: 'deploy', origin: erin });
    await eventuallyTyped('it is seen', async () => /vm-short/.test(await list('')));
    host.endSession(id);
    const history = async () => {
      await person(alice).command('/bastion history vm:vm-short');
      return textOf(await person(alice).nextEphemeral(), person(alice));
    };
    await eventuallyTyped('it is over', async () => /deploy on vm-short/.test(await history()));
    world.azure.logs.deliver(id);
    await eventuallyTyped('it is known', async () => /erin@contractor/.test(await history()), 60_000);
    expect(await history()).toMatch(/deploy on vm-short[^]*ended by itself[^]*203\.0\.113\.24/);
  });

  it('stays unknown without a table, which is said in one place, and all else works', async () => {
    world.azure.logs.removeTable();
    const { id } = host.startSession({ vm: 'vm-db-3', login: 'dba', origin: erin });
    await untilReads(world, 'C0ALERTS', person(alice), /Open too long[^]*vm-db-3/);
    await eventually('/readyz says so', async () => (await logs()).part?.state === 'degraded', 60_000);
    expect(await logs()).toMatchObject({
      status: 200,
      part: { detail: 'the logs have no table MicrosoftAzureBastionAuditLogs' },
    });
    const listed = await list('');
    expect(listed).toMatch(/dba on vm-db-3/);
    expect(listed).not.toMatch(/audit log|MicrosoftAzureBastionAuditLogs/);
    await person(alice).openHome();
    const home = () => JSON.stringify(person(alice).home?.content ?? '');
    await world.slack.changes.until(() => home().includes('MicrosoftAzureBastionAuditLogs'), 'the home');
    world.azure.logs.behaveNormally();
    await eventually('it is well again', async () => (await logs()).part?.state === 'ok', 60_000);
    await eventuallyTyped('and known', async () => /erin@contractor/.test(await list('vm-db-3')), 60_000);
    host.endSession(id);
  });
});
