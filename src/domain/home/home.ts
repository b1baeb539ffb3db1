import type { Alert } from '../alerts/alert.ts';
import { isOpen } from '../alerts/alert.ts';
import type { Handling } from '../alerts/handling.ts';
import type { DiscoveryProblem } from '../hosts/host.ts';
import type { PollingStanding } from '../hosts/polling-standing.ts';
import type { Cut } from '../kit/cut.ts';
import { cut } from '../kit/cut.ts';
import type { AccessDecision, AccessDenied } from '../people/access.ts';
import type { LogStanding } from '../origins/log-standing.ts';
import type { Sameness } from '../people/identity.ts';
import type { UserId } from '../people/person.ts';
import type { DisconnectPolicy, Policy, PolicyNow } from '../policy/policy.ts';
import type { Batch } from '../requests/batch.ts';
import { reviewBatch } from '../requests/batch.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import type { MayOwn } from '../requests/second.ts';
import { review } from '../requests/review.ts';
import type { HostState } from '../sessions/host-state.ts';
import type { HostLine } from '../sessions/list.ts';
import { entriesOf, hostLine } from '../sessions/list.ts';
import type { NamedPerson } from '../sessions/owner.ts';
import { idsAmong, isAmong, isTheirs, possibleNames } from '../sessions/owner.ts';
import type { SessionRow } from '../sessions/row.ts';
import { entryAttention, rowOf } from '../sessions/row.ts';

export interface Home {
  readonly sights: HomeSights | AccessDenied;
  /** What this person can approve; absent where they may approve nothing. */
  readonly waiting?: Cut<Waiting>;
}

export interface HomeSights {
  readonly mine: Cut<SessionRow>;
  /** The open ones, those nobody has in hand first. */
  readonly alerts: Cut<Alert>;
  readonly hosts: readonly HostGlance[];
  readonly polling: PollingStanding;
  readonly isDiscovered: boolean;
  readonly problems: readonly DiscoveryProblem[];
  readonly alertsRefused?: string;
  readonly logTrouble?: LogStanding['trouble'];
  /** What this person is offered for each session; `off` where they may not ask. */
  readonly offer: DisconnectPolicy['approval'];
}

export interface HostGlance extends HostLine {
  readonly overLimit: number;
}

export type Waiting =
  | { readonly is: 'request'; readonly request: DisconnectRequest }
  | { readonly is: 'batch'; readonly batch: Batch; readonly members: readonly DisconnectRequest[] };

/** What is the same for everybody, read once for all homes that are drawn together. */
export interface Overview {
  readonly states: readonly HostState[];
  readonly discovery: { readonly problems: readonly DiscoveryProblem[] } | undefined;
  readonly polling: PollingStanding;
  readonly logStanding?: LogStanding | undefined;
  /** How many alerts are open, and some of them: those of the longest sessions. */
  readonly alerts: Cut<Alert>;
  readonly waiting: readonly Waiting[];
  readonly alertsRefused?: string | undefined;
}

export interface HomeOwner extends NamedPerson {
  readonly view: AccessDecision;
  readonly mayAsk: boolean;
  readonly mayApprove: boolean;
}

const mineShown = 8;
const alertsShown = 8;
const waitingShown = 5;

export function homeOf(overview: Overview, owner: HomeOwner, { policy, now }: PolicyNow): Home {
  const waiting = owner.mayApprove ? waitingFor(overview.waiting, owner, { policy, now }) : [];
  return {
    sights: owner.view.allowed ? sightsOf(overview, owner, { policy, now }) : owner.view,
    ...(owner.mayApprove && { waiting: cut(waiting, waitingShown) }),
  };
}

function sightsOf(overview: Overview, owner: HomeOwner, { policy, now }: PolicyNow): HomeSights {
  const { states, discovery, alerts, alertsRefused, polling, logStanding } = overview;
  const entries = entriesOf(states);
  const mine = entries
    .filter(({ tracked }) => isTheirs(policy, tracked.session, owner))
    .sort((a, b) => a.tracked.session.startedAt - b.tracked.session.startedAt);
  const open = alerts.shown.filter(isOpen).toSorted((a, b) => inHand(a) - inHand(b));
  return {
    mine: { shown: mine.slice(0, mineShown).map((entry) => rowOf(entry, policy, now)), count: mine.length },
    alerts: { shown: open.slice(0, alertsShown), count: alerts.count },
    hosts: states.map((hostState) => ({
      ...hostLine(hostState, policy, now),
      overLimit: hostState.trackedSessions.filter(
        (tracked) => entryAttention({ tracked, hostState }, policy, now) === 'over-limit',
      ).length,
    })),
    polling,
    isDiscovered: discovery !== undefined,
    problems: discovery?.problems ?? [],
    ...(alertsRefused !== undefined && { alertsRefused }),
    ...(logStanding?.trouble && { logTrouble: logStanding.trouble }),
    offer: owner.mayAsk ? policy.disconnect.approval : 'off',
  };
}

function waitingFor(
  waiting: readonly Waiting[],
  owner: HomeOwner,
  { policy, now }: PolicyNow,
): readonly Waiting[] {
  const at = { policy: policy.disconnect, now };
  return waiting.filter((one) => {
    const click = {
      verb: 'approve',
      by: { id: owner.id, known: owner.known, mayOwn: perhapsTheirs(one, owner, policy) },
    } as const;
    return one.is === 'request'
      ? review(one.request, click, at).accepted
      : reviewBatch(one.members, click, at).accepted;
  });
}

function perhapsTheirs(one: Waiting, owner: HomeOwner, policy: Policy): MayOwn {
  const theirs = requestsOf(one).map(({ id, session }) => ({
    id,
    is: isAmong(possibleNames(policy, session), owner),
  }));
  const those = (wanted: Sameness) => new Set(theirs.filter(({ is }) => is === wanted).map(({ id }) => id));
  return { possible: those('yes'), unknown: those('unknown') };
}

function requestsOf(one: Waiting): readonly DisconnectRequest[] {
  return one.is === 'request' ? [one.request] : one.members;
}

/** Everybody whom what is waiting names by an id, or the policy for its sessions: few, so that Slack can be asked. */
export function namedIn({ waiting }: Overview, policy: Policy): readonly UserId[] {
  return waiting
    .flatMap(requestsOf)
    .flatMap(({ requester, owner = requester, session }) => [
      requester,
      owner,
      ...idsAmong(possibleNames(policy, session)),
    ]);
}

const inHandStates: Readonly<Record<Handling['is'], 0 | 1>> = {
  unattended: 0,
  acknowledged: 1,
  snoozed: 1,
  woken: 0,
};

function inHand({ handling }: Alert): number {
  return inHandStates[handling.is];
}
