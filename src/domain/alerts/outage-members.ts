import { staleIntervals } from '../sessions/freshness.ts';
import { causeOf } from './outage-cause.ts';
import type { Gathering, LeavingReason, Outage, OutageHost, Sights, SilentHost } from './outage.ts';
import { silentHosts } from './outage.ts';
import { companyMs } from './silence.ts';

export function followMembers(
  outage: Outage,
  { silent, answering, unknown, outages }: Sights,
  { everyMs, now }: Gathering,
): Outage {
  const silentById = new Map(silent.map((one) => [one.silence.id, one]));
  const others = new Set(outages.filter(({ id }) => id !== outage.id).map(({ cause }) => cause));
  const led = withLeadingCause(outage, silentById, others);
  const leaves = (member: OutageHost, because: LeavingReason) => [{ ...member, left: { at: now, because } }];
  const hosts = led.hosts.flatMap((member): readonly OutageHost[] => {
    if (member.left) return [member];
    const { otherSince = now, ...same } = member;
    const found = silentById.get(member.silenceId);
    if (!found && unknown.has(member.hostId)) return [member];
    if (!found) return leaves(same, answering.has(member.hostId) ? 'read' : 'no-host');
    if (causeIn(found) === led.cause) return [same];
    const isOther = now - otherSince > staleIntervals * everyMs;
    return isOther ? leaves(same, 'other-cause') : [{ ...same, otherSince }];
  });
  return { ...led, hosts };
}

/** Another cause is that of the outage once most of its hosts have it: a secret that is renewed, and then lacks a right. */
function withLeadingCause(
  outage: Outage,
  silentById: ReadonlyMap<string, SilentHost>,
  others: ReadonlySet<string>,
): Outage {
  const found = silentHosts(outage).flatMap(({ silenceId }) => silentById.get(silenceId) ?? []);
  const leading = found.find((one) => {
    const cause = causeIn(one);
    return 2 * found.filter((other) => causeIn(other) === cause).length > found.length;
  });
  if (!leading) return outage;
  const cause = causeIn(leading);
  if (cause === outage.cause || others.has(cause)) return outage;
  return { ...outage, cause, failure: leading.silence.failure };
}

export function joinMembers(outage: Outage, free: readonly SilentHost[], { everyMs }: Gathering): Outage {
  const joins = free.filter(
    (one) => causeIn(one) === outage.cause && one.silence.since >= outage.since - withinMs(everyMs),
  );
  const ids = new Set(joins.map(({ host }) => host.id));
  return joins.length === 0
    ? outage
    : {
        ...outage,
        hosts: [...outage.hosts.filter(({ hostId }) => !ids.has(hostId)), ...joins.map(memberOf)],
      };
}

export function overWhereEmpty(outage: Outage, now: number): Outage {
  return silentHosts(outage).length > 0 ? outage : { ...outage, state: { is: 'over', at: now } };
}

export function memberOf({ host, silence }: SilentHost): OutageHost {
  const { id: silenceId, since, sessions } = silence;
  return { hostId: host.id, name: host.name, silenceId, since, sessions };
}

export function causeIn({ host, silence }: SilentHost): string {
  return causeOf(silence.failure, host);
}

/** Hosts are read in turns, so what befalls all of them shows within an interval; a turn may come a little late. */
export function withinMs(everyMs: number): number {
  return everyMs + companyMs;
}
