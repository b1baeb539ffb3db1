import type { BastionHost, Discovery, LastDiscovery } from '../domain/hosts/host.ts';

export interface Hosts {
  /** One whose record cannot be read is known by its id. */
  all(): Promise<readonly BastionHost[]>;
  /** One that was not found stays until it is forgotten, and a record that cannot be read as it is. */
  noteDiscovery(discovery: Pick<Discovery, 'hosts' | 'problems'>, now: number): Promise<void>;
  lastDiscovery(): Promise<LastDiscovery | undefined>;
  /** Whether it is the caller's to search: once in `forMs`, over all replicas. */
  takeSearch(forMs: number): Promise<boolean>;
}
