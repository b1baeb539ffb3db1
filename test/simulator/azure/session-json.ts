/** A session that lives in the simulator. */
export interface SimulatedSession {
  readonly id: string;
  readonly vm: string;
  readonly login: string;
  readonly protocol: 'rdp' | 'ssh';
  readonly startedAt: number;
  readonly resourceType: string;
  readonly address: string;
  /** Stays in the list whatever is done about it, as a tunnel that was dropped does. */
  readonly ghost: boolean;
  /** Who was on it and from where, as the audit log has it; `none`: the log has no row of it. */
  readonly origin?: SessionOrigin | 'none';
}

/** What only the audit log knows of a session. */
export interface SessionOrigin {
  readonly entraUser?: string;
  readonly clientAddress?: string;
  readonly userAgent?: string;
  /** The id of the session unless given. */
  readonly tunnelId?: string;
  /** How long its rows take until they can be read; as long as all take unless given. */
  readonly latenessMs?: number;
}

/** The forms that `startTime` was seen in, or that its specification allows. */
export type StartTimeForm =
  'iso' | 'seven-digits' | 'unpadded' | 'zoneless' | 'offset' | 'characters' | 'garbage' | 'none';

export interface Target {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** The machine that the session leads to. */
export function targetIdOf(
  { vm }: Pick<SimulatedSession, 'vm'>,
  { resourceGroup, subscriptionId }: Target,
): string {
  return `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Compute/virtualMachines/${vm}`;
}

/** As Resource Manager writes it. https://learn.microsoft.com/rest/api/virtualnetwork/get-active-sessions/get-active-sessions */
export function sessionJson(
  session: SimulatedSession,
  target: Target,
  form: StartTimeForm,
  now: number,
): Record<string, unknown> {
  const { address, id, login, protocol, resourceType, startedAt, vm } = session;
  return {
    sessionId: id,
    ...(form !== 'none' && { startTime: startTimeIn(form, startedAt) }),
    targetSubscriptionId: target.subscriptionId,
    resourceType,
    targetHostName: vm,
    targetResourceGroup: target.resourceGroup,
    userName: login,
    targetIpAddress: address,
    protocol: protocol.toUpperCase(),
    targetResourceId: targetIdOf(session, target),
    sessionDurationInMins: Math.floor((now - startedAt) / 60_000),
  };
}

function startTimeIn(form: Exclude<StartTimeForm, 'none'>, startedAt: number): unknown {
  const iso = new Date(startedAt).toISOString();
  switch (form) {
    case 'iso':
      return iso;
    case 'seven-digits':
      return iso.replace('Z', '1234Z');
    case 'unpadded':
      return iso.replace(/-0/g, '-').replace(/T0/, 'T');
    case 'zoneless':
      return iso.replace('Z', '');
    case 'offset':
      return new Date(startedAt + 3 * 3_600_000).toISOString().replace('Z', '+03:00');
    case 'characters':
      return Object.fromEntries(Object.entries(iso));
    case 'garbage':
      return 'a moment ago';
  }
}
