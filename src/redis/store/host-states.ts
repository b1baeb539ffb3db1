import type { Redis } from 'ioredis';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { HostMemory } from '../../domain/sessions/host-state.ts';
import type { AlsoSeen, Watches } from '../../ports/host-states.ts';
import { hostsKey, memoryKey, refsKey, watchesKey } from '../record/keys.ts';
import { reach, reachEach, wrongType } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';
import type { Condition } from '../record/conditions.ts';
import { atVersion, hasField } from '../record/conditions.ts';
import { effect } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { changeAlert } from './alerts.ts';
import { redisMemories } from './editions.ts';
import { rememberEnded } from './history.ts';
import { decodeHost, readHosts } from './hosts.ts';
import { changeBlindness } from './silences.ts';

export interface WatchesOptions {
  readonly redis: Redis;
  readonly records: RedisRecords;
  /** How long an alert is kept after its end. */
  readonly settledKeepMs: number;
  /** How long ended sessions are remembered. */
  readonly historyKeepMs: number;
}

export function redisWatches({ redis, records, settledKeepMs, historyKeepMs }: WatchesOptions): Watches {
  const commit = redisCommit(redis);
  const memories = redisMemories({ redis, records });

  const get: Watches['get'] = async (hostId) => {
    const [host, memory] = await reachEach(redis.pipeline().hget(hostsKey, hostId).get(memoryKey(hostId)));
    if (memory === wrongType) throw records.misplaced({ key: memoryKey(hostId) });
    return typeof host === 'string'
      ? memories.recall(decodeHost(records, hostId, host), typeof memory === 'string' ? memory : null)
      : undefined;
  };

  const told = (alerts: readonly Alert[], { blindness, ended = [] }: AlsoSeen, at: number) => {
    const changes = [
      ...alerts.map((alert) => changeAlert(alert, at, settledKeepMs)),
      ...(blindness ? [changeBlindness(blindness, at, settledKeepMs)] : []),
    ];
    return {
      conditions: changes.flatMap(({ conditions }) => conditions),
      effects: [...changes.flatMap(({ effects }) => effects), ...rememberEnded(ended, historyKeepMs)],
    };
  };

  return {
    get,
    all: async () => memories.recallAll(await readHosts(redis, records)),
    find: async (ref) => {
      const hostId = await reach(redis.hget(refsKey, ref));
      const memory = hostId === null ? undefined : await get(hostId);
      const watch = memory?.watches.find((one) => one.ref === ref);
      return memory && watch && { memory, watch };
    },
    save: async (before, after, alerts, also = {}) => {
      const step = memories.change(before, after);
      const { conditions, effects } = told(alerts, also, after.triedAt ?? 0);
      const saved = await commit([...unchanged(before), ...conditions], [...step.effects, ...effects]);
      if (saved === 'saved') step.remember();
      return saved;
    },
    forget: async (before, after, alerts, also = {}) => {
      const hostId = before.host.id;
      const { conditions, effects } = told(alerts, also, before.triedAt ?? 0);
      return commit(
        [...unchanged(before), ...conditions],
        [
          ...memories.change(before, after).effects,
          effect('HDEL', hostsKey, hostId),
          effect('PEXPIRE', memoryKey(hostId), settledKeepMs),
          effect('PEXPIRE', watchesKey(hostId), settledKeepMs),
          ...effects,
        ],
      );
    },
  };
}

/** A host that was forgotten meanwhile does not come back by a reading that was still under way. */
function unchanged({ host, version }: HostMemory): readonly Condition[] {
  return [hasField(hostsKey, host.id), atVersion(memoryKey(host.id), version)];
}
