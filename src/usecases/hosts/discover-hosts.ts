import type { Discovery } from '../../domain/hosts/host.ts';
import { isCovered, isWanted } from '../../domain/hosts/host.ts';
import type { HostMemory } from '../../domain/sessions/host-state.ts';
import { isUnreadable } from '../../domain/sessions/host-state.ts';
import { giveUp, isMissedTwice, recall } from '../../domain/sessions/snapshot.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable } from '../../ports/unreadable-record.ts';
import { conclude } from './conclude.ts';
import { keepPolling } from './keep-polling.ts';
import { pollDueHosts } from './poll-due-hosts.ts';

/**
 * Looks for Bastion hosts and makes the polls match what is known; a host just found is read at once. `again`: not
 * everything could be searched.
 */
export async function discoverHosts(ports: Ports, haste: Haste = 'background'): Promise<'again' | 'done'> {
  const { bastion, clock, hosts, log } = ports;
  const before = await ports.watches.all();
  const discovery = await bastion.discoverHosts(haste);
  await hosts.noteDiscovery(discovery, clock());
  const isFound = new Set(discovery.hosts.map(({ id }) => id));
  for (const memory of before.filter((one) => !isUnreadable(one))) {
    // A record that cannot be read keeps nobody from concluding the rest.
    await concludeOn(ports, memory, discovery, isFound.has(memory.host.id)).catch(asUnreadable);
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

/** What the search says of a host known before. */
async function concludeOn(
  ports: Ports,
  memory: HostMemory,
  discovery: Discovery,
  isFound: boolean,
): Promise<void> {
  const { clock, policy } = ports;
  const { host } = memory;
  if (isFound) {
    if (memory.missedAt !== undefined) await noteMissed(ports, memory, undefined);
  } else if (!isWanted(host, discovery)) {
    await conclude(ports, memory, (latest) => giveUp(latest, 'no-longer-watched'));
  } else if (isCovered(host, discovery)) {
    const isGone = (latest: HostMemory) => isMissedTwice(latest, clock(), policy.polling.everyMs);
    if (!isGone(memory)) return noteMissed(ports, memory, memory.missedAt ?? clock());
    // A reading may have found it meanwhile.
    await conclude(ports, memory, (latest) =>
      isGone(latest) ? giveUp(latest, 'host-gone') : recall(latest),
    );
  }
}

/** Readings of the host go on meanwhile. */
async function noteMissed(
  { watches }: Ports,
  loaded: HostMemory,
  missedAt: number | undefined,
): Promise<void> {
  let memory: HostMemory | undefined = loaded;
  while (memory && memory.missedAt !== missedAt) {
    const { missedAt: _before, ...unmissed } = memory;
    const after = missedAt === undefined ? unmissed : { ...unmissed, missedAt };
    if ((await watches.save(memory, after, [])) === 'saved') return;
    memory = await watches.get(memory.host.id);
  }
}
