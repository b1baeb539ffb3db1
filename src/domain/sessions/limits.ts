import type { Policy, PolicyNow, Rule } from '../policy/policy.ts';
import type { HostState, SessionOnHost } from './host-state.ts';
import { ruleFor } from './rule.ts';
import type { Session } from './session.ts';

/** How a session stands to the limit of its rule, in the order in which sessions need attention. */
export const attentions = ['over-limit', 'near-limit', 'none'] as const;
export type Attention = (typeof attentions)[number];

type Limit = Pick<Rule, 'warnAfterMs'>;

const nearFrom = 0.8;

/** The rule that holds a session, if one does: the first that matches. */
export function limitOn({ tracked, hostState }: SessionOnHost, policy: Policy): Rule | undefined {
  return ruleFor(policy, hostState.host, tracked.session);
}

/** The due time of a session: the moment at which it reaches its limit. */
export function warnAt({ startedAt }: Session, { warnAfterMs }: Limit): number {
  return startedAt + warnAfterMs;
}

export function attentionOf(session: Session, limit: Limit | undefined, now: number): Attention {
  if (!limit || now < session.startedAt + nearFrom * limit.warnAfterMs) return 'none';
  return now >= warnAt(session, limit) ? 'over-limit' : 'near-limit';
}

/** How long it is over its limit; negative before. A clock that was set back makes it new, so no less than at its start. */
export function overLimitMs(session: Session, limit: Limit, now: number): number {
  return Math.max(now, session.startedAt) - warnAt(session, limit);
}

/** The earliest moment after `now`, up to `until`, at which a session without an alert reaches its limit. */
export function nextDueAt(
  hostState: HostState,
  { policy, now }: PolicyNow,
  until: number,
): number | undefined {
  const dueTimes = hostState.trackedSessions.flatMap((tracked) => {
    const rule = tracked.alertId === undefined ? limitOn({ tracked, hostState }, policy) : undefined;
    const dueAt = rule ? warnAt(tracked.session, rule) : now;
    return dueAt > now && dueAt <= until ? [dueAt] : [];
  });
  return dueTimes.length > 0 ? Math.min(...dueTimes) : undefined;
}
