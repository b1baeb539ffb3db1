import type { Metrics } from '../ops/metrics.ts';
import type { Ports } from '../ports/ports.ts';
import {
  countedBastion,
  countedChannel,
  countedConnectionLog,
  countedHomeTab,
  countedHostStates,
  countedRequests,
} from './meters.ts';

/** The same ports, counted where there is something to count, so that no use case has to know of metrics. */
export function metered(ports: Ports, metrics: Metrics): Ports {
  const { bastion, channel, clock, connectionLog, homeTab, hostStates, requests } = ports;
  return {
    bastion: countedBastion(bastion, metrics, clock),
    channel: countedChannel(channel, metrics),
    connectionLog: countedConnectionLog(connectionLog, metrics),
    homeTab: countedHomeTab(homeTab, metrics),
    hostStates: countedHostStates(hostStates, metrics),
    requests: countedRequests(requests, metrics),
    // Named, so that nobody adds a port without asking what is to be counted of it.
    alerts: ports.alerts,
    audit: ports.audit,
    batches: ports.batches,
    cards: ports.cards,
    clock,
    commandNames: ports.commandNames,
    deliveries: ports.deliveries,
    due: ports.due,
    history: ports.history,
    holds: ports.holds,
    homes: ports.homes,
    hosts: ports.hosts,
    jobs: ports.jobs,
    log: ports.log,
    logAsks: ports.logAsks,
    looks: ports.looks,
    newId: ports.newId,
    outages: ports.outages,
    pause: ports.pause,
    people: ports.people,
    policy: ports.policy,
    rateLimiter: ports.rateLimiter,
    readings: ports.readings,
    records: ports.records,
    silences: ports.silences,
    storeOwner: ports.storeOwner,
    throttle: ports.throttle,
    turns: ports.turns,
  };
}
