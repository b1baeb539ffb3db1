import type { Policy } from '../domain/policy/policy.ts';
import type { Alerts } from './alerts.ts';
import type { Audit } from './audit.ts';
import type { Bastion } from './bastion.ts';
import type { Batches } from './batches.ts';
import type { Cards } from './cards.ts';
import type { Channel } from './channel.ts';
import type { CommandNames } from './command-names.ts';
import type { ConnectionLog } from './connection-log.ts';
import type { Deliveries } from './deliveries.ts';
import type { Due } from './due.ts';
import type { History } from './history.ts';
import type { Holds } from './holds.ts';
import type { HomeTab } from './home-tab.ts';
import type { Homes } from './homes.ts';
import type { HostStates } from './host-states.ts';
import type { Hosts } from './hosts.ts';
import type { Jobs } from './jobs.ts';
import type { Log } from './log.ts';
import type { LogAsks } from './log-asks.ts';
import type { Outages } from './outages.ts';
import type { Looks } from './looks.ts';
import type { People } from './people.ts';
import type { RateLimiter } from './rate-limiter.ts';
import type { Readings } from './readings.ts';
import type { Records } from './records.ts';
import type { Requests } from './requests.ts';
import type { Silences } from './silences.ts';
import type { StoreOwners } from './store-owner.ts';
import type { Throttle } from './throttle.ts';
import type { Turns } from './turns.ts';

export interface Ports extends Stores {
  readonly bastion: Bastion;
  readonly connectionLog: ConnectionLog;
  readonly channel: Channel;
  readonly homeTab: HomeTab;
  readonly people: People;
  readonly rateLimiter: RateLimiter;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly policy: Policy;
  /** Epoch milliseconds. */
  readonly clock: () => number;
  /** Waits; rejects when the process stops. */
  readonly pause: (ms: number) => Promise<void>;
  /** Short, random, safe in any id. */
  readonly newId: () => string;
}

/** The ports that remember; every implementation keeps the same contract. */
export interface Stores {
  readonly hosts: Hosts;
  readonly hostStates: HostStates;
  readonly readings: Readings;
  readonly holds: Holds;
  readonly logAsks: LogAsks;
  readonly turns: Turns;
  readonly alerts: Alerts;
  readonly silences: Silences;
  readonly outages: Outages;
  readonly requests: Requests;
  readonly batches: Batches;
  readonly cards: Cards;
  readonly looks: Looks;
  readonly due: Due;
  readonly history: History;
  readonly homes: Homes;
  readonly deliveries: Deliveries;
  readonly commandNames: CommandNames;
  readonly throttle: Throttle;
  readonly audit: Audit;
  readonly records: Records;
  readonly storeOwner: StoreOwners;
}
