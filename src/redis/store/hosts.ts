import { isDeepStrictEqual } from 'node:util';
import type { Redis } from 'ioredis';
import type { BastionHost, HostId } from '../../domain/hosts/host.ts';
import { hostNamed } from '../../domain/hosts/host.ts';
import type { Hosts } from '../../ports/hosts.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { discoveryKey, hostsKey, searchKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';
import { encode } from '../record/record.ts';
import type { RedisRecords } from '../record/records.ts';
import { discoveryShape, hostShape } from '../record/shapes/hosts.ts';

export function redisHosts({
  redis,
  records,
}: {
  readonly redis: Redis;
  readonly records: RedisRecords;
}): Hosts {
  const readDiscovery = async () => records.read(discoveryKey, discoveryShape).catch(asUnreadable);
  return {
    all: async () => (await readHosts(redis, records)).map(({ host }) => host),
    noteDiscovery: async ({ hosts, problems }, now) => {
      const known = new Map((await readHosts(redis, records)).map((stored) => [stored.host.id, stored]));
      const step = redis.multi();
      for (const host of hosts) {
        const stored = known.get(host.id);
        if (stored?.unreadable || isDeepStrictEqual(stored?.host, host)) continue;
        step.hset(hostsKey, host.id, encode(host));
      }
      const last = await readDiscovery();
      if (!(last instanceof UnreadableRecord)) step.set(discoveryKey, encode({ at: now, problems }));
      await reachAll(step);
    },
    takeSearch: async (forMs) => (await reach(redis.set(searchKey, '', 'PX', forMs, 'NX'))) === 'OK',
    lastDiscovery: async () => {
      const last = await readDiscovery();
      if (!(last instanceof UnreadableRecord)) return last;
      const failure = { kind: 'record-unreadable', reference: last.reference } as const;
      return { at: last.since, problems: [{ scope: 'all subscriptions', failure }] };
    },
  };
}

export interface StoredHost {
  /** Read off its id where the record cannot be read. */
  readonly host: BastionHost;
  readonly unreadable?: UnreadableRecord;
}

export async function readHosts(redis: Redis, records: RedisRecords): Promise<readonly StoredHost[]> {
  const fields = await reach(redis.hgetall(hostsKey));
  return Object.entries(fields).map(([id, text]) => {
    try {
      return { host: decodeHost(records, id, text) };
    } catch (error) {
      return { host: hostNamed(id), unreadable: asUnreadable(error) };
    }
  });
}

export function decodeHost(records: RedisRecords, id: HostId, text: string): BastionHost {
  return records.decode({ key: hostsKey, field: id }, hostShape, text);
}
