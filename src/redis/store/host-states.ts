import type { Redis } from 'ioredis';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import type { AlsoSeen, HostStates } from '../../ports/host-states.ts';
import { hostsKey, hostStateKey, refsKey, trackedSessionsKey } from '../record/keys.ts';
import { reach, reachEach, wrongType } from '../record/reach.ts';
import type { RedisRecords } from '../record/records.ts';
import type { Condition } from '../record/conditions.ts';
import { atVersion, hasField } from '../record/conditions.ts';
import { effect } from '../record/effects.ts';
import { redisCommit } from '../record/transaction.ts';
import { changeAlert } from './alerts.ts';
import { redisEditions } from './editions.ts';
import { rememberEnded } from './history.ts';
import { decodeHost, readHosts } from './hosts.ts';
import { changeSilence } from './silences.ts';

export interface HostStatesOptions {
  readonly redis: Redis;
  readonly records: RedisRecords;
  readonly settledKeepMs: number;
  readonly historyKeepMs: number;
}

export function redisHostStates({
  redis,
  records,
  settledKeepMs,
  historyKeepMs,
}: HostStatesOptions): HostStates {
  const commit = redisCommit(redis);
  const editions = redisEditions({ redis, records });

  const get: HostStates['get'] = async (hostId) => {
    const [host, hostState] = await reachEach(
      redis.pipeline().hget(hostsKey, hostId).get(hostStateKey(hostId)),
    );
    if (hostState === wrongType) throw records.misplaced({ key: hostStateKey(hostId) });
    return typeof host === 'string'
      ? editions.recall(decodeHost(records, hostId, host), typeof hostState === 'string' ? hostState : null)
      : undefined;
  };

  const told = (alerts: readonly Alert[], { silence, ended = [] }: AlsoSeen, at: number) => {
    const changes = [
      ...alerts.map((alert) => changeAlert(alert, at, settledKeepMs)),
      ...(silence ? [changeSilence(silence, at, settledKeepMs)] : []),
    ];
    return {
      conditions: changes.flatMap(({ conditions }) => conditions),
      effects: [...changes.flatMap(({ effects }) => effects), ...rememberEnded(ended, historyKeepMs)],
    };
  };

  return {
    get,
    all: async () => editions.recallAll(await readHosts(redis, records)),
    find: async (ref) => {
      const hostId = await reach(redis.hget(refsKey, ref));
      const hostState = hostId === null ? undefined : await get(hostId);
      const tracked = hostState?.trackedSessions.find((one) => one.ref === ref);
      return hostState && tracked && { hostState, tracked };
    },
    // oxlint-disable-next-line max-params -- both states of the host, and what changes with them
    save: async (before, after, alerts, also = {}) => {
      const step = editions.change(before, after);
      const { conditions, effects } = told(alerts, also, after.triedAt ?? 0);
      const saved = await commit([...unchanged(before), ...conditions], [...step.effects, ...effects]);
      if (saved === 'saved') step.remember();
      return saved;
    },
    // oxlint-disable-next-line max-params -- both states of the host, and what changes with them
    forget: async (before, after, alerts, also = {}) => {
      const hostId = before.host.id;
      const { conditions, effects } = told(alerts, also, before.triedAt ?? 0);
      return commit(
        [...unchanged(before), ...conditions],
        [
          ...editions.change(before, after).effects,
          effect('HDEL', hostsKey, hostId),
          effect('PEXPIRE', hostStateKey(hostId), settledKeepMs),
          effect('PEXPIRE', trackedSessionsKey(hostId), settledKeepMs),
          ...effects,
        ],
      );
    },
  };
}

/** A reading still under way does not bring back a host that was forgotten meanwhile. */
function unchanged({ host, version }: HostState): readonly Condition[] {
  return [hasField(hostsKey, host.id), atVersion(hostStateKey(host.id), version)];
}
