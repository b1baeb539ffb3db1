import type { Scheduler } from 'fast-check';
import type { Ports } from '../../src/ports/ports.ts';

/** Does something around a call of a port, e.g. `cards.save`. */
export type Around = (name: string, call: () => Promise<unknown>) => Promise<unknown>;

/** The same ports, with something around every call that waits. */
export function aroundCalls(ports: Ports, around: Around): Ports {
  const inside = <T extends object>(name: string, port: T): T =>
    new Proxy(port, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== 'function') return member;
        return async (...given: unknown[]) =>
          around(`${name}.${String(key)}`, async () => {
            const result: unknown = await Reflect.apply(member, target, given);
            return result;
          });
      },
    });
  return {
    hosts: inside('hosts', ports.hosts),
    hostStates: inside('hostStates', ports.hostStates),
    readings: inside('readings', ports.readings),
    holds: inside('holds', ports.holds),
    logAsks: inside('logAsks', ports.logAsks),
    turns: inside('turns', ports.turns),
    alerts: inside('alerts', ports.alerts),
    silences: inside('silences', ports.silences),
    outages: inside('outages', ports.outages),
    deliveries: inside('deliveries', ports.deliveries),
    commandNames: inside('commandNames', ports.commandNames),
    throttle: inside('throttle', ports.throttle),
    requests: inside('requests', ports.requests),
    batches: inside('batches', ports.batches),
    cards: inside('cards', ports.cards),
    looks: inside('looks', ports.looks),
    due: inside('due', ports.due),
    history: inside('history', ports.history),
    homes: inside('homes', ports.homes),
    audit: inside('audit', ports.audit),
    records: inside('records', ports.records),
    storeOwner: inside('storeOwner', ports.storeOwner),
    bastion: inside('bastion', ports.bastion),
    connectionLog: inside('connectionLog', ports.connectionLog),
    channel: inside('channel', ports.channel),
    homeTab: inside('homeTab', ports.homeTab),
    people: inside('people', ports.people),
    rateLimiter: inside('rateLimiter', ports.rateLimiter),
    jobs: inside('jobs', ports.jobs),
    log: ports.log,
    policy: ports.policy,
    clock: ports.clock,
    pause: ports.pause,
    newId: ports.newId,
  };
}

/** The process died in this call. */
export class Died extends Error {
  override readonly name = 'Died';
}

/** Dies in the call of this number, from 0: before it takes effect, or after. Nothing works from then on, as in a dead process. */
export function dyingAt(ports: Ports, call: number, when: 'before' | 'after'): Ports {
  let calls = 0;
  let isDead = false;
  return aroundCalls(ports, async (name, proceed) => {
    if (isDead) throw new Died(name);
    const isLast = calls === call;
    calls += 1;
    if (isLast) isDead = true;
    if (isLast && when === 'before') throw new Died(name);
    const result = await proceed();
    if (isLast) throw new Died(name);
    return result;
  });
}

/** One replica among several: before and after each call, the scheduler says who goes on. */
export function interleaved(ports: Ports, scheduler: Scheduler): Ports {
  return aroundCalls(ports, async (name, proceed) => {
    await scheduler.schedule(Promise.resolve(), `before ${name}`);
    const result = await proceed();
    await scheduler.schedule(Promise.resolve(), `after ${name}`);
    return result;
  });
}
