import { Redis } from 'ioredis';
import type { AuditEntry } from '../../src/domain/audit/entry.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { Answered } from '../simulator/slack/carrier.ts';
import type { Json } from '../simulator/slack/json.ts';
import { listField, textField } from '../simulator/slack/json.ts';
import type { Message } from '../simulator/slack/messages.ts';
import { current } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Bot, BotOptions } from './bot.ts';
import { auditTrail } from './trail.ts';
import type { TestWorld } from './world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from './world.ts';
import type { ForgedClick, ForgedForm } from './forged.ts';
import { clickPayload, formPayload } from './forged.ts';

/** What an attacker finds: the shipped process with an open alert, and Alice's request that nobody has decided. */
export interface Scene {
  readonly world: TestWorld;
  readonly host: SimulatedHost;
  readonly bot: Bot;
  readonly direct: Redis;
  /** Alice asks, Bob leads, Carol may nothing. */
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly alert: Message;
  readonly card: Message;
  /** What the buttons of both carry. */
  readonly ids: { readonly ref: string; readonly alert: string; readonly request: string };
  /** As Slack sends them, and as only Slack can sign. */
  click(click: ForgedClick): Promise<Answered>;
  send(form: ForgedForm): Promise<Answered>;
  /** Every decision on record; refusals are none. */
  decisions(): Promise<readonly AuditEntry[]>;
  refusals(): Promise<readonly AuditEntry[]>;
  /** What Slack and Azure saw of it: what reads how in the channels, and what was ended. */
  effects(): Json;
  /** An address at which this person can be answered now, as one of their own payloads bears it. */
  answerAddress(person: Person): Promise<string>;
  /** What the process sent to Slack since there were so many requests, where it names this. */
  sentSince(begun: number, naming: RegExp): readonly Json[];
  stop(): Promise<void>;
}

const hourMs = 3_600_000;

export async function openScene(environment: BotOptions['environment'] = {}): Promise<Scene> {
  const world = await startWorld();
  // Nobody else could stop what runs by then.
  return sceneIn(world, environment).catch(async (error: unknown) => {
    await world.stop();
    throw error;
  });
}

async function sceneIn(world: TestWorld, environment: BotOptions['environment']): Promise<Scene> {
  const host = world.azure.addHost({ name: 'bastion-prod' });
  for (const vm of ['vm-db-1', 'vm-db-2']) {
    host.startSession({ id: vm, vm, login: 'dba', protocol: 'ssh', ageMs: 2 * hourMs });
  }
  const bot = await world.startBot(quickPolicy, environment);
  const alice = world.slack.as('U0ALICE');
  const bob = world.slack.as('U0BOB');
  const carol = world.slack.as('U0CAROL');
  const alert = await untilReads(world, 'C0ALERTS', alice, /on vm-db-1/);
  await untilReads(world, 'C0ALERTS', alice, /on vm-db-2/);
  await alice.press(alert, 'Request disconnect');
  const form = await world.slack.changes.until(() => alice.modal, 'the form');
  await alice.submit(form, { reason: 'maintenance tonight' });
  const card = await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);

  const direct = new Redis(world.redis.url.replace('unix://', ''));
  const interactive = async (payload: Json) =>
    world.slack.sendRaw({ body: `payload=${encodeURIComponent(JSON.stringify(payload))}` });
  const isRefusal = ({ what }: AuditEntry) => what.endsWith('-refused');
  return {
    world,
    host,
    bot,
    direct,
    alice,
    bob,
    carol,
    alert,
    card,
    ids: {
      ref: valueOf(alert, 'disconnect_ask'),
      alert: valueOf(alert, 'alert_acknowledge'),
      request: valueOf(card, 'request_approve'),
    },
    click: async (click) => interactive(clickPayload(click, world.slack.world)),
    send: async (form) => interactive(formPayload(form, world.slack.world)),
    decisions: async () => (await auditTrail(direct)).filter((entry) => !isRefusal(entry)),
    refusals: async () => (await auditTrail(direct)).filter(isRefusal),
    effects: () => ({
      ended: [...host.disconnects],
      read: ['C0ALERTS', 'C0APPROVE'].map((channel) =>
        world.slack.channel(channel).messages.map((message) => textOf(message, alice)),
      ),
    }),
    answerAddress: async (person) => {
      await person.command('/bastion help');
      const address = new URLSearchParams(world.slack.lastSent().body).get('response_url');
      await person.nextEphemeral();
      return address ?? '';
    },
    sentSince: (begun, naming) =>
      world.slack.requests.all
        .slice(begun)
        .map(({ args }) => args)
        .filter((args) => naming.test(JSON.stringify(args))),
    stop: async () => {
      direct.disconnect();
      await world.stop();
    },
  };
}

/** What the button of a message carries. */
export function valueOf(message: Message, actionId: string): string {
  const buttons = current(message).blocks.flatMap((block) => listField(block, 'elements'));
  const button = buttons.find((each) => textField(each, 'action_id') === actionId);
  const value = textField(button, 'value');
  if (value === undefined) throw new Error(`the message has no button ${actionId}`);
  return value;
}
