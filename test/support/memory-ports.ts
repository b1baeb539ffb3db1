import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { MessageRef, Place } from '../../src/domain/cards/card.ts';
import type { CardContent, SentContent } from '../../src/domain/cards/content.ts';
import { keyOf } from '../../src/domain/cards/content.ts';
import type { BastionHost, Discovery, DiscoveryProblem, HostId } from '../../src/domain/hosts/host.ts';
import type { Profile, UserId } from '../../src/domain/people/person.ts';
import type { HostState } from '../../src/domain/sessions/host-state.ts';
import type { ReadingResult } from '../../src/domain/sessions/reading.ts';
import type { Bastion, DisconnectAnswer } from '../../src/ports/bastion.ts';
import type { Channel, ChannelFailure, Updated } from '../../src/ports/channel.ts';
import type { ConnectionLog, LogAnswer, LogQuestion } from '../../src/ports/connection-log.ts';
import type { DueItem } from '../../src/ports/due.ts';
import type { Jobs } from '../../src/ports/jobs.ts';
import type { People } from '../../src/ports/people.ts';
import type { Ports } from '../../src/ports/ports.ts';
import { aPolicy, noon } from './build.ts';
import type { LogLine } from './log.ts';
import { keepingLog } from './log.ts';
import type { KeptHomeTab } from './memory-homes.ts';
import { keptHomeTab } from './memory-homes.ts';
import type { MemoryStores } from './memory-stores.ts';
import { memoryStores } from './memory-stores.ts';

export interface MemoryPorts extends Ports, Pick<MemoryStores, 'trail'> {
  readonly bastion: ScriptedBastion;
  readonly connectionLog: ScriptedLog;
  readonly channel: KeptChannel;
  readonly homeTab: KeptHomeTab;
  readonly people: KnownPeople;
  readonly jobs: KeptHints;
  readonly lines: readonly LogLine[];
  /** What the clock shows; a pause moves it on at once. */
  readonly time: { now: number };
}

/** All ports without a network, at noon. */
export function memoryPorts(overrides: Partial<MemoryPorts> = {}): MemoryPorts {
  const time = { now: noon };
  const clock = () => time.now;
  const { log, lines } = keepingLog();
  let ids = 0;
  return {
    ...memoryStores(clock),
    bastion: scriptedBastion(),
    connectionLog: scriptedLog(),
    channel: keptChannel(),
    homeTab: keptHomeTab(),
    people: knownPeople(),
    rateLimiter: { take: async () => 0, close: async () => undefined },
    jobs: keptHints(),
    log,
    lines,
    policy: aPolicy(),
    time,
    clock,
    pause: async (ms) => {
      time.now += ms;
    },
    newId: () => {
      ids += 1;
      return `id-${ids}`;
    },
    ...overrides,
  };
}

type Script<T> = T | (() => T | Promise<T>);

export interface ScriptedBastion extends Bastion {
  /** What reading this host says from now on. A function is asked each time, and may do something in between. */
  answer(hostId: HostId, result: Script<ReadingResult>): void;
  answerDisconnect(answer: Script<DisconnectAnswer>): void;
  find(
    hosts: readonly BastionHost[],
    problems?: readonly DiscoveryProblem[],
    extent?: Partial<Pick<Discovery, 'covered' | 'only'>>,
  ): void;
  /** The host of every reading that was asked for. */
  readonly readings: readonly HostId[];
  readonly disconnects: readonly { readonly hostId: HostId; readonly sessionId: string }[];
}

function scriptedBastion(): ScriptedBastion {
  const answers = new Map<HostId, Script<ReadingResult>>();
  const readings: HostId[] = [];
  const disconnects: { hostId: HostId; sessionId: string }[] = [];
  let answerToDisconnect: Script<DisconnectAnswer> = { ok: true, state: 'Disconnected' };
  let discovery: Awaited<ReturnType<Bastion['discoverHosts']>> = { hosts: [], problems: [], covered: [] };
  return {
    readings,
    disconnects,
    answer: (hostId, result) => {
      answers.set(hostId, result);
    },
    answerDisconnect: (answer) => {
      answerToDisconnect = answer;
    },
    find: (hosts, problems = [], { covered = [], only } = {}) => {
      discovery = { hosts, problems, covered, ...(only && { only }) };
    },
    discoverHosts: async () => discovery,
    readSessions: async ({ id }) => {
      readings.push(id);
      return said(answers.get(id) ?? { ok: false, failure: { kind: 'unreachable' } });
    },
    disconnect: async ({ id }, sessionIds) => {
      disconnects.push(...sessionIds.map((sessionId) => ({ hostId: id, sessionId })));
      return said(answerToDisconnect);
    },
  };
}

async function said<T extends object>(script: Script<T>): Promise<T> {
  return typeof script === 'function' ? script() : script;
}

export interface ScriptedLog extends ConnectionLog {
  /** What the log says from now on. */
  answer(answer: Script<LogAnswer>): void;
  /** Everything that was asked. */
  readonly questions: readonly LogQuestion[];
}

/** Holds nothing, of every host it is asked about. */
function scriptedLog(): ScriptedLog {
  const questions: LogQuestion[] = [];
  let script: Script<LogAnswer> | undefined;
  return {
    isSet: true,
    questions,
    answer: (answer) => {
      script = answer;
    },
    connections: async (question) => {
      questions.push(question);
      return said(script ?? { connections: [], covered: question.hostIds });
    },
  };
}

export interface KeptMessage {
  readonly ref: MessageRef;
  readonly place: Place;
  readonly content: SentContent;
  /** The channel where it says that the card is now. */
  readonly movedTo?: string;
}

export interface KeptChannel extends Channel {
  /** What can be seen now, in the order of posting. */
  readonly messages: readonly KeptMessage[];
  /** What Slack does late or never answers is not told to anybody, and is carried out by `arrive`. */
  holdUp(calls: number): void;
  /** The next call that was held up takes effect. */
  arrive(): void;
  /** How often a post and an edit were asked for. */
  readonly calls: { post: number; update: number };
  /** Whether it may read what it has posted; not from the start. */
  mayRead: boolean;
  /** The next call fails so; `unsure` does what it was asked to nevertheless. */
  failNext(failure: ChannelFailure): void;
  remove(ref: MessageRef): void;
}

function keptChannel(): KeptChannel {
  const messages: KeptMessage[] = [];
  const failures: ChannelFailure[] = [];
  const heldUp: (() => void)[] = [];
  const calls = { post: 0, update: 0 };
  let toHold = 0;
  const indexOf = ({ message }: MessageRef) => messages.findIndex(({ ref }) => ref.message === message);
  const isThere = (message: string) => messages.some(({ ref }) => ref.message === message);
  const carriesOut = (failure: ChannelFailure | undefined) => !failure || failure.why === 'unsure';
  const isHeld = (effect: () => void) => {
    if (toHold === 0) return false;
    toHold -= 1;
    heldUp.push(effect);
    return true;
  };
  const unsure: ChannelFailure = { ok: false, why: 'unsure' };
  const edit = (ref: MessageRef, changes: Partial<KeptMessage>): Updated => {
    const failure = failures.shift();
    const apply = () => {
      const index = indexOf(ref);
      const shown = messages[index];
      if (shown) messages[index] = { ...shown, ...changes };
    };
    if (indexOf(ref) === -1) return { ok: false, why: 'message-gone' };
    if (isHeld(apply)) return unsure;
    if (carriesOut(failure)) apply();
    return failure ?? { ok: true };
  };
  return {
    messages,
    calls,
    mayRead: false,
    holdUp: (wanted) => {
      toHold = wanted;
    },
    arrive: () => heldUp.shift()?.(),
    failNext: (failure) => {
      failures.push(failure);
    },
    remove: (ref) => {
      messages.splice(indexOf(ref), 1);
    },
    post: async (place, content) => {
      calls.post += 1;
      const failure = failures.shift();
      const channel = 'channel' in place ? place.channel : `D${place.user}`;
      const ref = { channel, message: `message-${calls.post}` };
      const thread = 'thread' in place ? place.thread : undefined;
      const isStray = thread !== undefined && !isThere(thread);
      const apply = () => messages.push({ ref, place: isStray ? { channel } : place, content });
      if (isHeld(apply)) return unsure;
      if (carriesOut(failure)) apply();
      if (failure) return failure;
      if (isStray) return { ok: true, message: ref, isStray };
      return { ok: true, message: thread === undefined ? ref : { ...ref, thread } };
    },
    update: async (ref, content) => {
      calls.update += 1;
      return edit(ref, { content });
    },
    sayMoved: async (ref, _content, to) => edit(ref, { movedTo: to }),
    async find(place, content) {
      if (!this.mayRead) return { ok: false, why: 'may-not-read' };
      const found = messages.filter(
        ({ ref, ...each }) =>
          cardOf(each.content) === cardOf(content) &&
          ref.channel === ('channel' in place ? place.channel : `D${place.user}`),
      );
      const isInPlace = (each: KeptMessage) => !('thread' in place) || 'thread' in each.place;
      const strays = found.filter((each) => !isInPlace(each)).map(({ ref }) => ref);
      return {
        ok: true,
        messages: found.filter(isInPlace).map(({ ref }) => ref),
        ...(strays.length > 0 && { strays }),
      };
    },
    look: async (ref) => {
      const failure = failures.shift();
      return failure ?? (indexOf(ref) === -1 ? { ok: false, why: 'message-gone' } : { ok: true });
    },
    delete: async (ref) => {
      const failure = failures.shift();
      const index = indexOf(ref);
      if (index === -1) return { ok: false, why: 'message-gone' };
      if (carriesOut(failure)) messages.splice(index, 1);
      return failure ?? { ok: true };
    },
  };
}

/** Which card it is, whatever its state. */
function cardOf(content: CardContent): string {
  return `${content.card} ${keyOf(content).id}`;
}

export interface KnownPeople extends People {
  /** Groups that are not here cannot be looked up. */
  readonly groups: Map<string, ReadonlySet<UserId>>;
  /** Who is not here is a member in Berlin; who is undefined cannot be looked up. */
  readonly profiles: Map<UserId, Profile | undefined>;
  readonly emails: Map<string, UserId>;
  /** Every id of those who have several; whose value is undefined cannot be looked up. */
  readonly ids: Map<UserId, readonly UserId[] | undefined>;
}

function knownPeople(): KnownPeople {
  const groups = new Map<string, ReadonlySet<UserId>>();
  const profiles = new Map<UserId, Profile | undefined>();
  const emails = new Map<string, UserId>();
  const ids = new Map<UserId, readonly UserId[] | undefined>();
  const member: Profile = { standing: 'member', timeZone: 'Europe/Berlin' };
  const told = <Value>(value: Value | undefined) =>
    value === undefined ? { ok: false as const } : { ok: true as const, value };
  return {
    groups,
    profiles,
    emails,
    ids,
    idsOf: async (id) => told(ids.has(id) ? ids.get(id) : [id]),
    membersOf: async (groupId) => told(groups.get(groupId)),
    person: async (id) => told(profiles.has(id) ? profiles.get(id) : member),
    byEmail: async (email) => ({ ok: true, value: emails.get(email) }),
  };
}

export interface KeptHints extends Jobs {
  /** Hosts whose scheduled poll was asked for. */
  readonly scheduled: HostId[];
  readonly polls: { readonly hostId: HostId; readonly at: number }[];
  readonly enqueued: DueItem[];
}

function keptHints(): KeptHints {
  const scheduled: KeptHints['scheduled'] = [];
  const polls: KeptHints['polls'] = [];
  const enqueued: KeptHints['enqueued'] = [];
  return {
    scheduled,
    polls,
    enqueued,
    poll: async (hostIds) => {
      scheduled.push(...hostIds);
    },
    pollsWaiting: async () => 0,
    endSchedules: async () => undefined,
    pollAt: async (hostId, at) => {
      polls.push({ hostId, at });
    },
    enqueue: async (items) => {
      enqueued.push(...items);
    },
    enqueueAt: async () => undefined,
  };
}

/** Makes a host known and its memory what it is here, save for the version; the next reading is a newer one. */
export async function remember(
  { hosts, readings, hostStates }: Pick<Ports, 'hosts' | 'readings' | 'hostStates'>,
  hostState: HostState,
  alerts: readonly Alert[] = [],
): Promise<void> {
  await hosts.noteDiscovery({ hosts: [hostState.host], problems: [] }, noon);
  await readings.begin(hostState.host.id, 0);
  const before = await hostStates.get(hostState.host.id);
  if (!before || (await hostStates.save(before, hostState, alerts)) === 'conflict') {
    throw new Error(`could not remember ${hostState.host.id}`);
  }
}
