import pMap from 'p-map';
import type { BastionHost } from '../../domain/hosts/host.ts';
import type { Ports } from '../../ports/ports.ts';
import { reusableForMs } from './conclude.ts';
import { pollHostPatiently } from './poll-host.ts';

/** Well under Resource Manager's bucket of 200 requests, and quick for a few hundred hosts. */
const hostsAtOnce = 24;
/** After this no reading is begun or waited for that somebody else began: those hosts show their older one. */
const waitAtMostMs = 10_000;

/** Reads every host afresh, for somebody who waits. */
export async function readAllHosts(ports: Ports): Promise<void> {
  const askedAt = ports.clock();
  const want = { freshSince: askedAt - reusableForMs, haste: 'waiting' } as const;
  const hosts = await ports.hosts.all();
  const read = async ({ id }: BastionHost) => {
    const leftMs = askedAt + waitAtMostMs - ports.clock();
    if (leftMs > 0) await pollHostPatiently(ports, id, want, leftMs);
  };
  await pMap(hosts, read, { concurrency: hostsAtOnce });
}
