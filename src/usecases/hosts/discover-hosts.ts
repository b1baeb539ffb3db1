import type { Ports } from '../../ports/ports.ts';
import { keepPolling } from './keep-polling.ts';

/** Looks for Bastion hosts and makes the polls match what is known; a host just found is read at once. */
export async function discoverHosts({
  bastion,
  clock,
  hosts,
  jobs,
  log,
  policy,
}: Pick<Ports, 'bastion' | 'clock' | 'hosts' | 'jobs' | 'log' | 'policy'>): Promise<void> {
  const before = new Set((await hosts.all()).map(({ id }) => id));
  const discovery = await bastion.discoverHosts();
  await hosts.noteDiscovery(discovery, clock());
  await keepPolling({ hosts, jobs, policy });
  const known = (await hosts.all()).map(({ id }) => id);
  const found = known.filter((id) => !before.has(id));
  await Promise.all(found.map(async (id) => jobs.pollAt(id, clock())));
  for (const { scope, failure } of discovery.problems) {
    log.warn({ scope, failure: failure.kind, reference: failure.reference }, 'could not look for hosts');
  }
  log.info({ hosts: known.length, found: found.length }, 'looked for hosts');
}
