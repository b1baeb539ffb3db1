/** Who and what there is in the workspace, besides messages and modals. */
export interface World {
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  /** The company whose workspaces are in an Enterprise Grid. */
  readonly enterprise?: { readonly id: string; readonly name: string };
  readonly bot: { readonly userId: string; readonly botId: string; readonly appId: string };
  readonly people: Map<string, Member>;
  readonly groups: Map<string, UserGroup>;
  readonly channels: Map<string, Channel>;
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly email?: string;
  /** Another workspace's for people of connected companies. */
  readonly teamId: string;
  readonly timeZone: string;
  /** In a Grid, the other id of this person; they are there under both. */
  readonly enterpriseUserId?: string;
  readonly isBot?: boolean;
  isGuest: boolean;
  isDeactivated: boolean;
}

export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  members: string[];
  isDisabled: boolean;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'public' | 'private' | 'direct';
  readonly members: Set<string>;
  botIsMember: boolean;
  isArchived: boolean;
  /** With another company. */
  isShared: boolean;
}

export interface WorldOptions {
  readonly enterprise?: World['enterprise'];
  readonly team?: World['team'];
  readonly bot?: World['bot'];
  readonly people?: readonly (Pick<Member, 'id' | 'name'> & Partial<Member>)[];
  readonly groups?: readonly (Pick<UserGroup, 'id' | 'handle' | 'members'> & Partial<UserGroup>)[];
  /** Without `members`, everybody is in. */
  readonly channels?: readonly ChannelOptions[];
}

export type ChannelOptions = Pick<Channel, 'id' | 'name'> & {
  readonly members?: readonly string[];
} & Partial<Omit<Channel, 'members'>>;

/** Alice asks, Bob leads, Carol may nothing. */
const usual = {
  people: [
    { id: 'U0ALICE', name: 'alice' },
    { id: 'U0BOB', name: 'bob' },
    { id: 'U0CAROL', name: 'carol' },
  ],
  groups: [
    { id: 'S0OPS', handle: 'ops', members: ['U0ALICE', 'U0BOB'] },
    { id: 'S0LEADS', handle: 'leads', members: ['U0BOB'] },
  ],
  channels: [
    { id: 'C0ALERTS', name: 'alerts' },
    { id: 'C0APPROVE', name: 'approvals' },
    { id: 'C0GENERAL', name: 'general', botIsMember: false },
  ],
} satisfies WorldOptions;

export function createWorld(options: WorldOptions): World {
  const team = options.team ?? { id: 'T0BASTION', name: 'Bastion', domain: 'bastion' };
  const people = (options.people ?? usual.people).map((person) => ({
    email: `${person.name}@example.com`,
    teamId: team.id,
    timeZone: 'Europe/Berlin',
    isGuest: false,
    isDeactivated: false,
    ...person,
  }));
  const groups = (options.groups ?? usual.groups).map((group) => ({
    isDisabled: false,
    ...group,
    members: [...group.members],
  }));
  const channels = (options.channels ?? usual.channels).map((channel: ChannelOptions) => ({
    kind: 'public' as const,
    botIsMember: true,
    isArchived: false,
    isShared: false,
    ...channel,
    members: new Set(channel.members ?? inBothNames(people).map((person) => person.id)),
  }));
  return {
    team,
    bot: options.bot ?? { userId: 'U0BASTIONBOT', botId: 'B0BASTION', appId: 'A0BASTION' },
    ...(options.enterprise && { enterprise: options.enterprise }),
    people: byId(inBothNames(people)),
    groups: byId(groups),
    channels: byId(channels),
  };
}

/** Everybody, and once more under their other id. */
function inBothNames(people: readonly Member[]): readonly Member[] {
  return people.flatMap((person) =>
    person.enterpriseUserId === undefined ? [person] : [person, { ...person, id: person.enterpriseUserId }],
  );
}

/** The id that the workspace itself knows a person by. */
export function workspaceIdOf({ people }: World, person: Member): string {
  const { enterpriseUserId } = person;
  if (enterpriseUserId !== person.id) return person.id;
  const same = [...people.values()].find((one) => one.enterpriseUserId === enterpriseUserId);
  return same?.id ?? person.id;
}

/** The direct channel between a person and the bot, opened when it is first asked for. */
export function directChannel(world: World, personId: string): Channel {
  const id = `D${personId.slice(1)}`;
  const existing = world.channels.get(id);
  if (existing) {
    existing.members.add(personId);
    return existing;
  }
  const opened: Channel = {
    id,
    name: 'directmessage',
    kind: 'direct',
    members: new Set([personId]),
    botIsMember: true,
    isArchived: false,
    isShared: false,
  };
  world.channels.set(id, opened);
  return opened;
}

/** How Slack names a person, a group or a channel in a text. */
export function nameOf(world: World, id: string): string | undefined {
  const person = world.people.get(id)?.name ?? world.groups.get(id)?.handle;
  if (person !== undefined) return `@${person}`;
  const channel = world.channels.get(id)?.name;
  return channel === undefined ? undefined : `#${channel}`;
}

function byId<T extends { readonly id: string }>(things: readonly T[]): Map<string, T> {
  return new Map(things.map((thing) => [thing.id, thing]));
}
