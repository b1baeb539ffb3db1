import pMap from 'p-map';
import type { BastionHost, HostId } from '../../domain/hosts/host.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { reusableForMs } from './conclude.ts';
import { discoverHosts } from './discover-hosts.ts';
import { pollHostPatiently } from './poll-host.ts';

type UsedPorts = Pick<Ports, 'clock' | 'hosts'> &
  Needs<typeof discoverHosts> &
  Needs<typeof pollHostPatiently>;

/** Well under Resource Manager's bucket of 200 requests, and quick for a few hundred hosts. */
const hostsAtOnce = 24;
/** After this no reading is begun or waited for that somebody else began: those hosts show their older one. */
const waitAtMostMs = 10_000;

/** Reads every host afresh, those not known before included, for somebody who waits. */
export async function readAllHosts(ports: UsedPorts): Promise<void> {
  const known = await ports.hosts.all();
  await Promise.all([searchWhereDue(ports), readHosts(ports, known)]);
  const isKnown = new Set<HostId>(known.map(({ id }) => id));
  const found = (await ports.hosts.all()).filter(({ id }) => !isKnown.has(id));
  await readHosts(ports, found);
}

async function readHosts(ports: UsedPorts, hosts: readonly BastionHost[]): Promise<void> {
  const askedAt = ports.clock();
  const want = { freshSince: askedAt - reusableForMs, haste: 'waiting' } as const;
  const read = async ({ id }: BastionHost) => {
    const leftMs = askedAt + waitAtMostMs - ports.clock();
    if (leftMs > 0) await pollHostPatiently(ports, id, { want, waitAtMostMs: leftMs });
  };
  await pMap(hosts, read, { concurrency: hostsAtOnce });
}

const searchHoldsForMs = 60_000;
const failedSearchHoldsForMs = 5000;

/** So many people may press at once that not each of them can search. */
async function searchWhereDue(ports: UsedPorts): Promise<void> {
  const { clock, hosts } = ports;
  const now = clock();
  const last = await hosts.lastDiscovery();
  const isFailed = last !== undefined && last.problems.length > 0;
  const holdsForMs = isFailed ? failedSearchHoldsForMs : searchHoldsForMs;
  const isRecent = last !== undefined && last.at <= now && now - last.at < holdsForMs;
  if (!isRecent && (await hosts.takeSearch(failedSearchHoldsForMs))) await discoverHosts(ports, 'waiting');
}
