import type { HostId } from '../../domain/hosts/host.ts';
import { whole } from '../../domain/kit/whole.ts';
import type { Session, TargetMachine } from '../../domain/sessions/session.ts';
import type { JsonObject } from '../arm/json.ts';
import { textOf } from '../arm/json.ts';
import { startOf } from './start-time.ts';

/** One item of a list of sessions; every field of it may be missing, and none says who is behind it. */
export function sessionIn(item: JsonObject, hostId: HostId, answeredAt: number): Omit<Session, 'origin'> {
  const { protocol, resourceType, sessionDurationInMins, sessionId, startTime, userName } = item;
  const type = textOf(resourceType);
  const clientAddress = clientAddressIn(item);
  return whole<Omit<Session, 'origin'>>()({
    hostId,
    sessionId: textOf(sessionId) ?? '',
    ...startOf(startTime, sessionDurationInMins, answeredAt),
    vm: machineIn(item),
    vmLogin: textOf(userName) ?? '',
    protocol: textOf(protocol)?.toLowerCase() ?? 'unknown',
    ...(type && { resourceType: type }),
    ...(clientAddress && { clientAddress }),
  });
}

function machineIn({ targetHostName, targetIpAddress, targetResourceId }: JsonObject): TargetMachine {
  const address = textOf(targetIpAddress);
  const resourceId = textOf(targetResourceId);
  const name =
    scaleSetInstanceIn(resourceId) ??
    textOf(targetHostName) ??
    textOf(resourceId?.split('/').at(-1)) ??
    address ??
    'unknown';
  return { name, ...(resourceId && { resourceId }), ...(address && { address }) };
}

/** As `set/instance`: the computer's own name, e.g. `web000003`, says neither to anybody. */
function scaleSetInstanceIn(resourceId: string | undefined): string | undefined {
  const [, set, instance] =
    /\/virtualMachineScaleSets\/([^/]+)\/virtualMachines\/([^/]+)\/?$/i.exec(resourceId ?? '') ?? [];
  return set && instance && `${set}/${instance}`;
}

/** The portal shows the address, this interface does not document it: any field that looks like one is taken. */
function clientAddressIn(item: JsonObject): string | undefined {
  const field = Object.keys(item).find((key) => /^(client|source)(ip|address|ipaddress)$/i.test(key));
  return field === undefined ? undefined : textOf(item[field]);
}
