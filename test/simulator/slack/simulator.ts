import { once } from 'node:events';
import type { BotRequest, SentRequest } from './bot-endpoint.ts';
import { createBotEndpoint } from './bot-endpoint.ts';
import type { Answered } from './carrier.ts';
import type { Changes } from './changes.ts';
import type { Acknowledgement, DeliveryFault } from './delivery.ts';
import { createDelivery } from './delivery.ts';
import type { Fault, SwitchedFault } from './faults.ts';
import { groupChanged, personChanged } from './events.ts';
import { createFaults } from './faults.ts';
import { httpCarrier } from './http-carrier.ts';
import type { Json } from './json.ts';
import type { Author, Content, Message } from './messages.ts';
import { eventCallback } from './payloads.ts';
import type { Person } from './person.ts';
import { createPerson } from './person.ts';
import { createRateLimits } from './rate-limits.ts';
import type { RequestLog } from './request-log.ts';
import { createRequestLog } from './request-log.ts';
import { responseUrlCall } from './response-hook.ts';
import { startServer } from './server.ts';
import { socketCarrier } from './socket-carrier.ts';
import type { Sockets } from './sockets.ts';
import { webApiCall } from './web-api.ts';
import type { Token, WorkspaceOptions } from './workspace.ts';
import { createWorkspace } from './workspace.ts';
import type { Channel, World } from './world.ts';

/** Slack on loopback: the Web API, response URLs, and people who type, press and submit. */
export interface SlackSimulator {
  readonly environment: {
    readonly SLACK_BOT_TOKEN: string;
    readonly SLACK_API_URL: string;
    /** In HTTP mode. */
    readonly SLACK_SIGNING_SECRET?: string;
    /** In Socket Mode. */
    readonly SLACK_APP_TOKEN?: string;
  };
  readonly port: number;
  readonly world: World;
  readonly token: Token;
  readonly appToken: Token;
  readonly sockets: Sockets;
  readonly changes: Changes;
  readonly requests: RequestLog;
  /** All messages of all channels, deleted and private ones included. */
  readonly messages: readonly Message[];
  /** Sends commands and presses to `<botUrl>/slack/events` from now on; nothing in Socket Mode. */
  connect(botUrl: string): void;
  as(personId: string): Person;
  /** Its settings may be changed; its messages are those that everybody there sees. */
  channel(id: string): { readonly settings: Channel; readonly messages: readonly Message[] };
  /** What a person or another app says. */
  say(channel: string, by: Author, content: Content): Message;
  /** As somebody with the right to would; the app is not told. */
  deleteMessage(message: Message): void;
  /** Whether calls beyond Slack's rates are refused; not from the start. */
  enforceRateLimits(enforced: boolean): void;
  fault(fault: Fault): SwitchedFault;
  deliveryFault(fault: DeliveryFault): { end(): void };
  /** Tells the app that the members of a group, or the group, are not what they were. */
  groupChanged(groupId: string): Promise<Acknowledgement>;
  /** The same of a person. */
  personChanged(personId: string): Promise<Acknowledgement>;
  /** Any bytes, as if they came from Slack. */
  sendRaw(request: BotRequest): Promise<Answered>;
  /** In HTTP mode: the last request as it was sent, and the same once more. */
  readonly lastSent: () => SentRequest;
  replay(sent: SentRequest, botUrl: string): Promise<Answered>;
  stop(): Promise<void>;
}

export interface SlackOptions extends WorkspaceOptions {
  readonly port?: number;
  /** How the app hears what people do; `http` unless named. */
  readonly mode?: 'http' | 'socket';
  /** The name that it goes by over TLS, at port 443, where something leads from there to its port. */
  readonly behind?: { readonly name: string; readonly cert: string; readonly key: string };
}

/** As long as Slack's. */
const signingSecret = 'simulated-signing-secret-0000000';

export async function startSlack(options: SlackOptions = {}): Promise<SlackSimulator> {
  const workspace = createWorkspace(options);
  const { world, token, appToken, sockets, messages, changes, clock } = workspace;
  const isSocketMode = options.mode === 'socket';
  const limits = createRateLimits(clock);
  const faults = createFaults();
  const recorder = createRequestLog(clock, changes);
  const bot = createBotEndpoint(signingSecret, clock);
  const delivery = createDelivery(isSocketMode ? socketCarrier(() => sockets.open) : httpCarrier(bot));
  const server = await startServer(
    options.port ?? 0,
    (path, headers, body) =>
      path.startsWith('/api/')
        ? webApiCall(path.slice('/api/'.length), headers, body, workspace, limits)
        : responseUrlCall(path, headers, body, workspace),
    faults,
    recorder,
    options.behind,
  );
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const place = options.behind ? `s://${options.behind.name}` : `://127.0.0.1:${String(port)}`;
  sockets.attach(server, `ws${place}`);
  const absolute = (path: string) => `http${place}${path}`;
  const people = new Map<string, Person>();
  const tellApp = (event: Json) =>
    delivery.deliver({ type: 'events_api', payload: eventCallback(event, workspace) });
  return {
    environment: {
      SLACK_BOT_TOKEN: token.value,
      SLACK_API_URL: absolute('/api/'),
      ...(isSocketMode ? { SLACK_APP_TOKEN: appToken.value } : { SLACK_SIGNING_SECRET: signingSecret }),
    },
    port,
    world,
    token,
    appToken,
    sockets,
    changes,
    requests: recorder.log,
    messages: messages.all,
    connect: (botUrl) => {
      if (!isSocketMode) bot.connect(botUrl);
    },
    as: (personId) => {
      const person = people.get(personId) ?? createPerson(personId, workspace, delivery, absolute);
      people.set(personId, person);
      return person;
    },
    channel: (id) => {
      const settings = world.channels.get(id);
      if (!settings) throw new Error(`there is no channel ${id}`);
      return {
        settings,
        get messages() {
          return messages.all.filter(
            (each) => each.channel === id && each.onlyFor === undefined && each.deletedAt === undefined,
          );
        },
      };
    },
    say: (channel, by, content) => messages.post({ channel, by }, content),
    deleteMessage: (message) => {
      messages.delete(message);
    },
    enforceRateLimits: (enforced) => {
      limits.enforced = enforced;
    },
    fault: (fault) => faults.switchOn(fault),
    deliveryFault: (fault) => delivery.switchOn(fault),
    groupChanged: (groupId) => tellApp(groupChanged(groupId, world)),
    personChanged: (personId) => tellApp(personChanged(personId, world)),
    sendRaw: (request) => bot.send(request),
    lastSent: () => bot.lastSent(),
    replay: (sent, botUrl) => bot.replay(sent, botUrl),
    stop: async () => {
      bot.close();
      sockets.close();
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
