import { isDeepStrictEqual } from 'node:util';
import type { Redis } from 'ioredis';
import type { BastionHost, HostId } from '../../domain/hosts/host.ts';
import type { Hosts } from '../../ports/hosts.ts';
import type { Log } from '../../ports/log.ts';
import { discoveryKey, hostsKey } from '../record/keys.ts';
import { reach, reachAll } from '../record/reach.ts';
import { readRecord } from '../record/read.ts';
import { decode, encode, readableOnly } from '../record/record.ts';
import { discoveryShape, hostShape } from '../record/shapes/hosts.ts';

export function redisHosts({ redis, log }: { readonly redis: Redis; readonly log: Log }): Hosts {
  const all = async () => readHosts(redis, log);
  return {
    all,
    noteDiscovery: async ({ hosts, problems }, now) => {
      const known = new Map((await all()).map((host) => [host.id, host]));
      const step = redis.multi();
      for (const host of hosts) {
        if (!isDeepStrictEqual(known.get(host.id), host)) step.hset(hostsKey, host.id, encode(host));
      }
      step.set(discoveryKey, encode({ at: now, problems }));
      await reachAll(step);
    },
    lastDiscovery: async () => readRecord(redis, discoveryKey, discoveryShape),
  };
}

export async function readHosts(redis: Redis, log: Log): Promise<readonly BastionHost[]> {
  const fields = await reach(redis.hgetall(hostsKey));
  return readableOnly(Object.entries(fields), ([id, text]) => decodeHost(id, text), log);
}

export function decodeHost(id: HostId, text: string): BastionHost {
  return decode(`${hostsKey} ${id}`, hostShape, text);
}
