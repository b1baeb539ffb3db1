import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { allGroups } from '../domain/people/access.ts';
import { decidingAge } from '../domain/people/freshness.ts';
import type { JobQueue } from '../jobs/queue.ts';
import type { Metrics } from '../ops/metrics.ts';
import { promMetrics } from '../ops/metrics.ts';
import type { KeptPeople } from '../ports/people.ts';
import type { Ports, Stores } from '../ports/ports.ts';
import { redisPeople } from '../redis/store/people.ts';
import { redisRateLimiter } from '../redis/store/rate-limiter.ts';
import { cardMessage } from '../slack/cards.ts';
import type { ChannelStanding } from '../slack/delivery/channel-standing.ts';
import { channelStandings } from '../slack/delivery/channel-standing.ts';
import { slackChannel } from '../slack/delivery/channel.ts';
import { slackHomeTab } from '../slack/delivery/home-tab.ts';
import { slackPeople } from '../slack/people.ts';
import { metered } from './metered-ports.ts';
import type { Outside } from './outside.ts';
import type { Start } from './start.ts';
import type { StoreOwnership } from './store-ownership.ts';

export interface PortSources {
  readonly redis: Redis;
  readonly stores: Stores;
  readonly jobs: JobQueue;
  readonly ownership: Pick<StoreOwnership, 'workspace'>;
}

export interface BuiltPorts {
  readonly ports: Ports;
  readonly keptPeople: KeptPeople;
  readonly metrics: Metrics;
  readonly standingOf: (channel: string) => Promise<ChannelStanding>;
  /** Ends every pause, also those to come. */
  readonly stopPauses: () => void;
}

export function buildPorts(
  { policy, log, clock, account }: Start,
  { interactive, background, azure }: Outside,
  { redis, stores, jobs, ownership: { workspace } }: PortSources,
): BuiltPorts {
  const metrics = promMetrics({
    queueDepths: async () => jobs.depths(),
    roundFailures: () => account.totals(),
    pollLagMs: async () => (await stores.turns.standing(policy.polling.everyMs)).lagMs,
  });
  const people = redisPeople({
    redis,
    people: slackPeople({ client: interactive, workspace, log }),
    workspace,
    deciding: decidingAge(allGroups(policy.access).length),
  });
  const standingOf = channelStandings({ client: background, clock, log });
  const stopping = new AbortController();
  const ports: Ports = {
    ...stores,
    bastion: azure.bastion,
    connectionLog: azure.connectionLog,
    channel: slackChannel({ client: background, render: cardMessage, standingOf, clock, log }),
    homeTab: slackHomeTab({ client: background, clock }),
    people,
    rateLimiter: redisRateLimiter({ redis }),
    jobs,
    log,
    policy,
    clock,
    pause: async (ms) => sleep(ms, undefined, { signal: stopping.signal }),
    newId: () => randomBytes(9).toString('base64url'),
  };
  const stopPauses = () => stopping.abort();
  return { ports: metered(ports, metrics), keptPeople: people, metrics, standingOf, stopPauses };
}
