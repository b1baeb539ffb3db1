import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import { renderView } from '../simulator/slack/render/message.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('an approvals channel that takes no posts, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let redis: Redis;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    // Two replicas.
    await world.startBot();
    await world.startBot();
    redis = new Redis(world.redis.url.replace('unix://', ''));
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  }, 60_000);

  afterAll(async () => {
    redis.disconnect();
    await world.stop();
  });

  function opens(vm: string): void {
    host.startSession({ id: vm, vm, login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
  }

  async function sendForm(by: Person, vm: string): Promise<void> {
    const alert = await untilReads(world, 'C0ALERTS', by, new RegExp(`${vm} for`));
    await by.press(alert, 'Request disconnect');
    const form = await world.slack.changes.until(() => by.modal, 'the form');
    await by.submit(form, { reason: `not needed: ${vm}` });
  }

  /** What takes the place of the form. */
  async function noticeTo(person: Person): Promise<string> {
    const notice = await world.slack.changes.until(() => person.modal, 'the notice');
    await person.close(notice);
    return renderView(notice.content, person);
  }

  const toldOf = (vm: string): readonly Message[] =>
    alice.direct.filter(
      (message) =>
        message.onlyFor === undefined && new RegExp(`not needed: ${vm}$`, 'm').test(textOf(message, alice)),
    );
  const untilTold = async (vm: string, reads: RegExp): Promise<string> => {
    const told = () => toldOf(vm).find((message) => reads.test(textOf(message, alice)));
    return textOf(await world.slack.changes.until(told, `the word on ${vm}`, 10_000), alice);
  };
  const everythingIsDue = async () => {
    for (const member of await redis.zrange('{bastion}:due', '0', '-1')) {
      if (member.endsWith(':approvals')) await redis.zadd('{bastion}:due', 0, member);
    }
  };

  it.each<[string, (settings: ReturnType<TestWorld['slack']['channel']>['settings']) => () => void, RegExp]>([
    [
      'is_archived',
      (settings) => {
        settings.isArchived = true;
        return () => (settings.isArchived = false);
      },
      /channel is archived\.\n.*take it out of the archive/,
    ],
    [
      'not_in_channel',
      (settings) => {
        settings.botIsMember = false;
        return () => (settings.botIsMember = true);
      },
      /The bot is not in the approvals channel\.\n.*\/invite/,
    ],
    [
      'restricted_action',
      () => refusing('restricted_action'),
      /only some people post.*\n.*can let the bot post/,
    ],
    ['channel_not_found', () => refusing('channel_not_found'), /finds no such approvals channel/],
  ])('is told to whoever asks, with what to do, and asked in the end: %s', async (code, refuse, sentence) => {
    const allow = refuse(world.slack.channel('C0APPROVE').settings);
    const vm = `vm-${code.replaceAll('_', '-')}`;
    opens(vm);
    await sendForm(alice, vm);
    expect(alice.modal).toBeUndefined();
    const told = await untilTold(vm, /Nobody was asked yet/);
    expect(told).toMatch(new RegExp(`^Nobody was asked yet to disconnect dba on ${vm}`));
    expect(told).toMatch(sentence);

    await sendForm(bob, vm);
    const already = await noticeTo(bob);
    expect(already).toMatch(/asked to disconnect[^]*It stands so: Nobody was asked yet/);
    await bob.openHome();
    await world.slack.changes.until(
      () => bob.home && renderView(bob.home.content, bob).includes('Nobody was asked.'),
      'a home that says so',
    );
    opens(`${vm}-too`);
    await sendForm(alice, `${vm}-too`);
    expect(await noticeTo(alice)).toMatch(/Your request is open, but nobody may be asked/);
    await untilTold(`${vm}-too`, /Nobody was asked yet/);

    allow();
    await everythingIsDue();
    const card = await untilReads(world, 'C0APPROVE', bob, new RegExp(`not needed: ${vm}$`, 'm'));
    expect(textOf(card, bob)).toMatch(/Waiting for approval/);
    await untilTold(vm, /Asked after all/);
    await untilTold(`${vm}-too`, /Asked after all/);
    expect([toldOf(vm), toldOf(`${vm}-too`)].map(({ length }) => length)).toEqual([1, 1]);
  });

  function refusing(error: string): () => void {
    const fault = world.slack.fault({
      method: 'chat.postMessage',
      channel: 'C0APPROVE',
      instead: { error },
    });
    return () => fault.end();
  }
});

describe('an approvals channel in which another company reads', () => {
  let world: TestWorld;

  beforeAll(async () => {
    world = await startWorld();
    world.slack.channel('C0APPROVE').settings.isShared = true;
    const host = world.azure.addHost({ name: 'bastion-prod' });
    host.startSession({ vm: 'vm-db-1', login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    await world.startBot();
  }, 60_000);
  afterAll(async () => world.stop());

  it('hears nothing, which is told to whoever asks', async () => {
    const alice = world.slack.as('U0ALICE');
    await alice.press(await untilReads(world, 'C0ALERTS', alice, /vm-db-1/), 'Request disconnect');
    const form = await world.slack.changes.until(() => alice.modal, 'the form');
    await alice.submit(form, { reason: 'not needed' });
    const told = await world.slack.changes.until(
      () => alice.direct.find(({ onlyFor }) => onlyFor === undefined),
      'the word to the requester',
      10_000,
    );
    expect(textOf(told, alice)).toMatch(/Nobody was asked yet[^]*People of other companies read/);
    expect(world.slack.channel('C0APPROVE').messages).toEqual([]);
  });
});
