import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { closeRedis, connectRedis } from '../../src/redis/connect.ts';
import { redisStores } from '../../src/redis/store/stores.ts';
import { disconnectCallback, reasonBlock } from '../../src/slack/requests/ask-modal.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot } from '../support/bot.ts';
import { eventually } from '../support/eventually.ts';
import { keepingLog } from '../support/log.ts';
import { heard } from '../support/redis.ts';
import { auditTrail } from '../support/trail.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilLoaded } from '../support/world.ts';

const asks = 40;

describe('one person who wants everything at once, of two replicas', () => {
  let world: TestWorld;
  let bots: readonly Bot[];
  let redis: Redis;
  let alice: Person;
  let bob: Person;
  let refs: readonly string[];

  beforeAll(async () => {
    world = await startWorld();
    const host = world.azure.addHost({ name: 'bastion-prod' });
    for (let index = 0; index <= asks; index += 1)
      host.startSession({ vm: `vm-${index}`, login: `l${index}` });
    const policy = { ...quickPolicy, rules: [{ name: 'everything', warnAfter: '9d' }] };
    bots = [await world.startBot(policy), await world.startBot(policy)];
    await Promise.all(bots.map(untilLoaded));
    redis = connectRedis({ url: world.redis.url, use: 'commands', log: keepingLog().log });
    await heard(redis, 'ready');
    const { hostStates } = redisStores({ redis, log: keepingLog().log });
    await eventually('the host is read', async () => {
      refs = (await hostStates.all()).flatMap((hostState) => hostState.trackedSessions.map(({ ref }) => ref));
      return refs.length > asks;
    });
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
  }, 60_000);

  afterAll(async () => {
    await closeRedis(redis);
    await world.stop();
  });

  /** Now to the one replica, now to the other. */
  function turnTo(index: number): void {
    world.slack.connect(bots[index % bots.length]?.url ?? '');
  }

  /** The form, sent by a program: a person has one before them at a time. */
  async function sendForm(by: string, index: number): Promise<string> {
    turnTo(index);
    const values = { [reasonBlock]: { input: { type: 'plain_text_input', value: `wanted by ${by}` } } };
    const payload = {
      type: 'view_submission',
      api_app_id: 'A0BASTION',
      team: { id: 'T0BASTION', domain: 'bastion' },
      user: { id: by, team_id: 'T0BASTION' },
      trigger_id: `${by}.${index}`,
      view: { callback_id: disconnectCallback, private_metadata: refs[index], blocks: [], state: { values } },
    };
    const answered = await world.slack.sendRaw({
      body: `payload=${encodeURIComponent(JSON.stringify(payload))}`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      sign: true,
    });
    return typeof answered === 'string' ? answered : answered.body;
  }

  it('gets twenty cards and for the rest a sentence, and a colleague is not behind all of them', async () => {
    const flood = Array.from({ length: asks / 2 }, async (_, index) => sendForm('U0ALICE', index));
    const colleague = sendForm('U0BOB', asks);
    const more = Array.from({ length: asks / 2 }, async (_, index) => sendForm('U0ALICE', asks / 2 + index));
    const answers = await Promise.all([...flood, ...more]);
    expect(await colleague).toBe('');
    expect(answers.filter((answer) => answer === '')).toHaveLength(20);
    const refused = answers.filter((answer) => answer !== '');
    expect(
      refused.filter((answer) => answer.includes('20 requests of yours wait for a decision')),
    ).toHaveLength(20);

    const cards = (): readonly Message[] => world.slack.channel('C0APPROVE').messages;
    await world.slack.changes.until(() => cards().length > 20, 'a card for each', 60_000);
    expect(cards()).toHaveLength(21);
    const askers = cards().map((card) => /wanted by (U0[A-Z]+)/.exec(textOf(card, bob))?.[1]);
    expect(askers.filter((asker) => asker === 'U0ALICE')).toHaveLength(20);
    expect(askers.indexOf('U0BOB')).toBeLessThan(10);
    const kinds = (await auditTrail(redis)).map(({ by, what, why }) => `${by} ${what} ${why ?? ''}`);
    expect(kinds.filter((kind) => kind === 'U0ALICE disconnect-refused too-many-open')).toHaveLength(1);
  }, 90_000);

  it('is told to slow down where commands come faster than a person types, and nobody else is', async () => {
    const commands = 80;
    const typed = Array.from({ length: commands }, async (_, index) => {
      turnTo(index);
      return alice.command('/bastion sessions');
    });
    await Promise.all(typed);
    await bob.command('/bastion sessions');
    expect(textOf(await bob.nextEphemeral(), bob)).toMatch(/vm-1/);
    await world.slack.changes.until(() => alice.ephemerals.length === commands, 'an answer to each', 60_000);
    const answers = alice.ephemerals.map((message) => textOf(message, alice));
    const lists = answers.filter((answer) => answer.includes('vm-1'));
    expect(lists.length).toBeGreaterThanOrEqual(20);
    expect(lists.length).toBeLessThan(commands);
    const others = answers.filter((answer) => !answer.includes('vm-1'));
    for (const answer of others) expect(answer).toMatch(/Slow down, please: wait a few seconds/);
    const kinds = (await auditTrail(redis)).map(({ by, what, why }) => `${by} ${what} ${why ?? ''}`);
    expect(kinds.filter((kind) => kind === 'U0ALICE command-refused too-fast')).toHaveLength(1);
  }, 90_000);
});
