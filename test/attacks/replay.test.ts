import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import type { Acknowledgement } from '../simulator/slack/delivery.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { auditTrail } from '../support/trail.ts';
import type { TestWorld } from '../support/world.ts';
import { startWorld, textOf, untilLoaded, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('a signed request that somebody has kept, sent once more to another replica', () => {
  let world: TestWorld;
  let direct: Redis;
  let first: Bot;
  let second: Bot;
  let alice: Person;
  let bob: Person;
  let carol: Person;

  beforeAll(async () => {
    world = await startWorld();
    direct = new Redis(world.redis.url.replace('unix://', ''));
    const host = world.azure.addHost({ name: 'bastion-prod' });
    for (const vm of ['vm-db-1', 'vm-db-2']) {
      host.startSession({ id: vm, vm, login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
    }
    first = await untilLoaded(await world.startBot());
    second = await untilLoaded(await world.startBot());
    world.slack.connect(first.url);
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
    carol = world.slack.as('U0CAROL');
  });
  afterAll(async () => {
    direct.disconnect();
    await world.stop();
  });

  const alertOf = async (vm: string) => untilReads(world, 'C0ALERTS', alice, new RegExp(`on ${vm}`));
  const trail = async () => (await auditTrail(direct)).map(({ what }) => what);

  /** Does it, lets something else happen, and sends the same bytes to the other replica. */
  async function replayed(
    act: () => Promise<Acknowledgement>,
    meanwhile: () => Promise<unknown> = async () => undefined,
  ) {
    const told = await act();
    const sent = world.slack.lastSent();
    await meanwhile();
    const before = await trail();
    const again = await world.slack.replay(sent, second.url);
    expect(await trail()).toEqual(before);
    const [answer] = told.answers;
    expect(again).toMatchObject({ status: told.status, body: answerBody(answer) });
    return { told, entries: before };
  }

  const answerBody = (answer: Acknowledgement['answers'][number] | undefined): unknown =>
    typeof answer === 'object' ? answer.body : undefined;

  async function askForm(vm: string) {
    await alice.press(await alertOf(vm), 'Request disconnect');
    return world.slack.changes.until(() => alice.modal, 'the form');
  }

  it('asks for nothing that was denied meanwhile', async () => {
    const form = await askForm('vm-db-1');
    const { told } = await replayed(
      async () => alice.submit(form, { reason: 'maintenance tonight' }),
      async () => {
        const card = await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);
        await bob.press(card, 'Deny');
        await untilReads(world, 'C0APPROVE', bob, /Denied/);
      },
    );
    expect(told).toMatchObject({ status: 200, body: undefined });
    expect(world.slack.channel('C0APPROVE').messages).toHaveLength(1);
  });

  it('says the same of a form that could not be sent so', async () => {
    const form = await askForm('vm-db-2');
    const { told } = await replayed(async () => alice.submit(form, { reason: ' ' }));
    expect(told.body).toMatchObject({ response_action: 'errors' });
  });

  it('acknowledges nothing that was taken back meanwhile', async () => {
    const alert = await alertOf('vm-db-1');
    const { told } = await replayed(
      async () => alice.press(alert, 'Acknowledge'),
      async () => {
        await untilReads(world, 'C0ALERTS', bob, /Acknowledged by @alice/);
        await bob.press(alert, 'Undo acknowledgement');
      },
    );
    expect(told).toMatchObject({ status: 200 });
    await eventually(
      'it is open',
      async () => !/Acknowledged by/.test(textOf(await alertOf('vm-db-1'), bob)),
    );
  });

  it('snoozes nothing that was woken meanwhile', async () => {
    const alert = await alertOf('vm-db-1');
    await bob.press(alert, 'Snooze');
    const form = await world.slack.changes.until(() => bob.modal, 'the form');
    const { told } = await replayed(
      async () => bob.submit(form, { Reason: 'backup runs' }),
      async () => {
        await untilReads(world, 'C0ALERTS', bob, /snoozed until/);
        await bob.press(alert, 'End snooze');
      },
    );
    expect(told).toMatchObject({ status: 200, body: undefined });
  });

  it('puts a refusal on record once, and tells of it once', async () => {
    const form = await askForm('vm-db-1');
    await alice.submit(form, { reason: 'once more' });
    const card = await untilReads(world, 'C0APPROVE', carol, /once more/);
    await replayed(async () => carol.press(card, 'Approve & disconnect'));
    expect(textOf(await carol.nextEphemeral(), carol)).toMatch(/may not approve/);
    await replayed(async () => carol.command('/bastion help'));
    // What comes last was told last: before it there was no other note.
    await carol.nextEphemeral();
    expect(carol.ephemerals).toHaveLength(2);
  });

  it('ends nothing twice', async () => {
    const card = await untilReads(world, 'C0APPROVE', bob, /once more/);
    await replayed(
      async () => bob.press(card, 'Approve & disconnect'),
      async () => untilReads(world, 'C0APPROVE', bob, /Gone, checked/),
    );
    for (const bot of [first, second]) expect(await bot.stop()).toBe(0);
    expect(world.azure.requests.count(({ path }) => /disconnectActiveSessions/i.test(path))).toBe(1);
  });
});
