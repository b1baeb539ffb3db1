import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { HostId } from '../../src/domain/hosts/host.ts';
import type { Profile, UserId } from '../../src/domain/people/person.ts';
import type { HostState } from '../../src/domain/sessions/host-state.ts';
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
import type { KeptChannel } from './kept-channel.ts';
import { keptChannel } from './kept-channel.ts';
import type { ScriptedBastion, ScriptedLog } from './scripted-bastion.ts';
import { scriptedBastion, scriptedLog } from './scripted-bastion.ts';

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
