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
}

/** The forms that `startTime` was seen in, or that its specification allows. */
export type StartTimeForm =
  'iso' | 'seven-digits' | 'unpadded' | 'zoneless' | 'offset' | 'characters' | 'garbage' | 'none';

export interface Target {
  readonly subscriptionId: string;
  readonly resourceGroup: string;
}

/** As Resource Manager writes it. https://learn.microsoft.com/rest/api/virtualnetwork/get-active-sessions/get-active-sessions */
export function sessionJson(
  { address, id, login, protocol, resourceType, startedAt, vm }: SimulatedSession,
  { resourceGroup, subscriptionId }: Target,
  form: StartTimeForm,
  now: number,
): Record<string, unknown> {
  const group = `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}`;
  return {
    sessionId: id,
    ...(form !== 'none' && { startTime: startTimeIn(form, startedAt) }),
    targetSubscriptionId: subscriptionId,
    resourceType,
    targetHostName: vm,
    targetResourceGroup: resourceGroup,
    userName: login,
    targetIpAddress: address,
    protocol: protocol.toUpperCase(),
    targetResourceId: `${group}/providers/Microsoft.Compute/virtualMachines/${vm}`,
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
