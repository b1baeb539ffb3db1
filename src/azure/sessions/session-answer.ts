import type { HostId } from '../../domain/hosts/host.ts';
import { whole } from '../../domain/kit/whole.ts';
import type { Session, TargetMachine } from '../../domain/sessions/session.ts';
import type { JsonObject } from '../arm/json.ts';
import { textOf } from '../arm/json.ts';
import { startOf } from './start-time.ts';

/** Any field may be missing. */
export function sessionIn(item: JsonObject, hostId: HostId, answeredAt: number): Omit<Session, 'origin'> {
  const { protocol, resourceType, sessionDurationInMins, sessionId, startTime, userName } = item;
  const type = shortText(resourceType);
  const clientAddress = clientAddressIn(item);
  return whole<Omit<Session, 'origin'>>()({
    hostId,
    sessionId: idIn(sessionId),
    ...startOf(startTime, sessionDurationInMins, answeredAt),
    vm: machineIn(item),
    vmLogin: shortText(userName) ?? '',
    protocol: shortText(protocol)?.toLowerCase() ?? 'unknown',
    ...(type && { resourceType: type }),
    ...(clientAddress && { clientAddress }),
  });
}

function machineIn({ targetHostName, targetIpAddress, targetResourceId }: JsonObject): TargetMachine {
  const address = shortText(targetIpAddress);
  const resourceId = shortText(targetResourceId);
  const name =
    scaleSetInstanceIn(resourceId) ??
    shortText(targetHostName) ??
    shortText(resourceId?.split('/').at(-1)) ??
    address ??
    'unknown';
  return { name, ...(resourceId && { resourceId }), ...(address && { address }) };
}

/** As `set/instance`; the computer's own name, e.g. `web000003`, says neither. */
function scaleSetInstanceIn(resourceId: string | undefined): string | undefined {
  const [, set, instance] =
    /\/virtualMachineScaleSets\/([^/]+)\/virtualMachines\/([^/]+)\/?$/i.exec(resourceId ?? '') ?? [];
  return set && instance && `${set}/${instance}`;
}

/** Empty beyond the limit: a cut id names nothing that could be ended. */
function idIn(value: unknown): string {
  const id = typeof value === 'string' && value.length <= longestText ? textOf(value) : undefined;
  return id ?? '';
}

/** Undocumented, though the portal shows it: any field that looks like an address. */
function clientAddressIn(item: JsonObject): string | undefined {
  const field = Object.keys(item).find((key) => /^(client|source)(ip|address|ipaddress)$/i.test(key));
  return field === undefined ? undefined : shortText(item[field]);
}

/** In UTF-16 units: more than any name, login or resource id of Azure has. */
const longestText = 2000;

function shortText(value: unknown): string | undefined {
  return textOf(typeof value === 'string' ? value.slice(0, longestText) : undefined);
}
