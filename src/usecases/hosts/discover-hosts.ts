import type { Discovery, DiscoveryProblem } from '../../domain/hosts/host.ts';
import { isCovered, isWanted } from '../../domain/hosts/host.ts';
import type { HostMemory } from '../../domain/sessions/host-state.ts';
import { giveUp, isMissedTwice, recall } from '../../domain/sessions/snapshot.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Ports } from '../../ports/ports.ts';
import { conclude } from './conclude.ts';
import { keepPolling } from './keep-polling.ts';
import { pollDueHosts } from './poll-due-hosts.ts';

/**
 * Looks for Bastion hosts and makes the polls match what is known; a host just found is read at once. Where not
 * everything could be searched, it says how long at least Azure wants to be left alone.
 */
export async function discoverHosts(
  ports: Ports,
  haste: Haste = 'background',
): Promise<{ readonly notBeforeMs: number } | undefined> {
  const { bastion, clock, hosts, log } = ports;
  const before = await ports.watches.all();
  const discovery = await bastion.discoverHosts(haste);
  await hosts.noteDiscovery(discovery, clock());
  await concludeFrom(ports, before, discovery);
  await keepPolling(ports);
  await pollDueHosts(ports);

  const known = new Set(before.map(({ host }) => host.id));
  const found = discovery.hosts.filter(({ id }) => !known.has(id));
  for (const { scope, failure } of discovery.problems) {
    log.warn({ scope, failure: failure.kind, reference: failure.reference }, 'could not look for hosts');
  }
  log.info({ hosts: (await hosts.all()).length, found: found.length }, 'looked for hosts');
  return setbackOf(discovery.problems, clock());
}

/** What the search says of the hosts known before. */
async function concludeFrom(
  ports: Ports,
  before: readonly HostMemory[],
  discovery: Discovery,
): Promise<void> {
  const { clock, policy, watches } = ports;
  const { everyMs } = policy.polling;
  const found = new Set(discovery.hosts.map(({ id }) => id));
  for (const memory of before) {
    const { missedAt, ...unmissed } = memory;
    if (found.has(memory.host.id)) {
      if (missedAt !== undefined) await watches.save(memory, unmissed, []);
    } else if (!isWanted(memory.host, discovery)) {
      await conclude(ports, memory, (latest) => giveUp(latest, 'no-longer-watched'));
    } else if (isCovered(memory.host, discovery)) {
      const isGone = (latest: HostMemory) => isMissedTwice(latest, clock(), everyMs);
      if (isGone(memory)) {
        // A reading may have found it meanwhile.
        await conclude(ports, memory, (latest) =>
          isGone(latest) ? giveUp(latest, 'host-gone') : recall(latest),
        );
      } else if (missedAt === undefined) {
        await watches.save(memory, { ...memory, missedAt: clock() }, []);
      }
    }
  }
}

function setbackOf(
  problems: readonly DiscoveryProblem[],
  now: number,
): { readonly notBeforeMs: number } | undefined {
  if (problems.length === 0) return undefined;
  return { notBeforeMs: Math.max(0, ...problems.map(({ failure }) => (failure.retryAt ?? now) - now)) };
}
