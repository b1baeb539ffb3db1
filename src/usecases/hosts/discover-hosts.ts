import type { Discovery } from '../../domain/hosts/host.ts';
import { isCovered, isWanted } from '../../domain/hosts/host.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import { isUnreadable } from '../../domain/sessions/host-state.ts';
import { giveUp, isMissedTwice, recall } from '../../domain/sessions/snapshot.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { asUnreadable } from '../../ports/unreadable-record.ts';
import { conclude } from './conclude.ts';
import { keepPolling } from './keep-polling.ts';
import { pollDueHosts } from './poll-due-hosts.ts';

type UsedPorts = Pick<Ports, 'bastion' | 'clock' | 'hostStates' | 'hosts' | 'log' | 'policy'> &
  Needs<typeof conclude> &
  Needs<typeof keepPolling> &
  Needs<typeof pollDueHosts>;

/** A host just found is read at once. `again`: not everything could be searched. */
export async function discoverHosts(
  ports: UsedPorts,
  haste: Haste = 'background',
): Promise<'again' | 'done'> {
  const { bastion, clock, hosts, log } = ports;
  const before = await ports.hostStates.all();
  const discovery = await bastion.discoverHosts(haste);
  await hosts.noteDiscovery(discovery, clock());
  const isFound = new Set(discovery.hosts.map(({ id }) => id));
  for (const hostState of before.filter((one) => !isUnreadable(one))) {
    await concludeOn(ports, hostState, { discovery, isFound: isFound.has(hostState.host.id) }).catch(
      asUnreadable,
    );
  }
  await keepPolling(ports);
  await pollDueHosts(ports);

  const known = new Set(before.map(({ host }) => host.id));
  const found = discovery.hosts.filter(({ id }) => !known.has(id));
  for (const { scope, failure } of discovery.problems) {
    log.warn({ scope, failure: failure.kind, reference: failure.reference }, 'could not look for hosts');
  }
  log.info({ hosts: (await hosts.all()).length, found: found.length }, 'looked for hosts');
  return discovery.problems.length > 0 ? 'again' : 'done';
}

async function concludeOn(
  ports: UsedPorts,
  hostState: HostState,
  { discovery, isFound }: { readonly discovery: Discovery; readonly isFound: boolean },
): Promise<void> {
  const { clock, policy } = ports;
  const { host } = hostState;
  if (isFound) {
    if (hostState.missedAt !== undefined) await noteMissed(ports, hostState, undefined);
  } else if (!isWanted(host, discovery)) {
    await conclude(ports, hostState, (latest) => giveUp(latest, 'no-longer-polled'));
  } else if (isCovered(host, discovery)) {
    const isGone = (latest: HostState) => isMissedTwice(latest, clock(), policy.polling.everyMs);
    if (!isGone(hostState)) return noteMissed(ports, hostState, hostState.missedAt ?? clock());
    // A reading may have found it meanwhile.
    await conclude(ports, hostState, (latest) =>
      isGone(latest) ? giveUp(latest, 'host-gone') : recall(latest),
    );
  }
}

async function noteMissed(
  { hostStates }: UsedPorts,
  loaded: HostState,
  missedAt: number | undefined,
): Promise<void> {
  let hostState: HostState | undefined = loaded;
  while (hostState && hostState.missedAt !== missedAt) {
    const { missedAt: _before, ...unmissed } = hostState;
    const after = missedAt === undefined ? unmissed : { ...unmissed, missedAt };
    if ((await hostStates.save(hostState, after, [])) === 'saved') return;
    hostState = await hostStates.get(hostState.host.id);
  }
}
