import type { Redis } from 'ioredis';
import type { Log } from '../../ports/log.ts';
import type { Stores } from '../../ports/ports.ts';
import { redisRecords } from '../record/records.ts';
import { redisAlerts } from './alerts.ts';
import { redisAudit } from './audit.ts';
import { redisBatches } from './batches.ts';
import { redisCards } from './cards.ts';
import { redisCommandNames } from './command-names.ts';
import { redisDeliveries } from './deliveries.ts';
import { redisDue } from './due.ts';
import { redisHistory } from './history.ts';
import { redisHolds } from './holds.ts';
import { redisHomes } from './homes.ts';
import { redisHostStates } from './host-states.ts';
import { redisHosts } from './hosts.ts';
import { redisLogAsks } from './log-asks.ts';
import { redisOutages } from './outages.ts';
import { redisLooks } from './looks.ts';
import { redisReadings } from './readings.ts';
import { redisRefusals } from './refusals.ts';
import { redisRequests } from './requests.ts';
import { redisSilences } from './silences.ts';
import { redisStoreOwner } from './store-owner.ts';
import { redisThrottle } from './throttle.ts';
import { redisTurns } from './turns.ts';

const dayMs = 24 * 3_600_000;

export interface StoresOptions {
  readonly redis: Redis;
  readonly log: Log;
  /** For alerts and requests, with their cards, from their end. */
  readonly settledKeepMs?: number;
  readonly auditKeepMs?: number;
  readonly historyKeepMs?: number;
}

/** Its methods throw StoreUnreachable while Redis does not answer. */
export function redisStores({
  redis,
  log,
  settledKeepMs = 30 * dayMs,
  auditKeepMs = 365 * dayMs,
  historyKeepMs = 90 * dayMs,
}: StoresOptions): Stores {
  const records = redisRecords({ redis, log, clock: Date.now });
  return {
    hosts: redisHosts({ redis, records }),
    hostStates: redisHostStates({ redis, records, settledKeepMs, historyKeepMs }),
    readings: redisReadings({ redis }),
    turns: redisTurns({ redis }),
    holds: redisHolds({ redis }),
    logAsks: redisLogAsks({ redis, records }),
    alerts: redisAlerts({ redis, records, settledKeepMs, auditKeepMs }),
    silences: redisSilences({ records }),
    outages: redisOutages({ redis, records, settledKeepMs }),
    requests: redisRequests({ redis, records, settledKeepMs, auditKeepMs }),
    batches: redisBatches({ redis, records, settledKeepMs, auditKeepMs }),
    cards: redisCards({ redis, records }),
    looks: redisLooks({ redis }),
    due: redisDue({ redis, records }),
    history: redisHistory({ redis, records }),
    homes: redisHomes({ redis }),
    deliveries: redisDeliveries({ redis }),
    commandNames: redisCommandNames({ redis }),
    throttle: redisThrottle({ redis }),
    audit: {
      ...redisAudit({ redis, keepMs: auditKeepMs }),
      ...redisRefusals({ redis, keepMs: auditKeepMs }),
    },
    records,
    storeOwner: redisStoreOwner({ redis, records }),
  };
}
