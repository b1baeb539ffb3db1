import type { DisconnectRequest, RequestState } from './request.ts';

type Phase = 'pending' | 'in-work' | 'over' | 'withdrawn';

const phases: Readonly<Record<RequestState['is'], Phase>> = {
  pending: 'pending',
  denied: 'over',
  cancelled: 'withdrawn',
  expired: 'over',
  overtaken: 'over',
  approved: 'in-work',
  sending: 'in-work',
  gone: 'over',
  'still-there': 'over',
  unproven: 'over',
  refused: 'over',
  'not-sent': 'over',
};

const settledPhases: Readonly<Record<Phase, boolean>> = {
  pending: false,
  'in-work': false,
  over: true,
  withdrawn: true,
};

export function isSettled({ state }: DisconnectRequest): boolean {
  return settledPhases[phases[state.is]];
}

export function isPending({ state }: DisconnectRequest): boolean {
  return phases[state.is] === 'pending';
}

export function isInWork({ state }: DisconnectRequest): boolean {
  return phases[state.is] === 'in-work';
}

export function isWaiting({ state }: DisconnectRequest): boolean {
  return state.is === 'approved' && state.waiting !== undefined;
}

/** Whether it waits and its card says all that is known of it: the last try brought nothing new. */
export function isSaid({ state }: DisconnectRequest): boolean {
  return state.is === 'approved' && state.waiting?.isSaid === true;
}

/** Whether it ended otherwise than by the requester's own hand: then they are told. */
export function isNewsToRequester({ state }: DisconnectRequest): boolean {
  return phases[state.is] === 'over';
}

/** Whether it was settled before, and the login is on the machine again since. */
export function hasComeBack({ state }: DisconnectRequest): boolean {
  return state.is === 'gone' && state.cameBack !== undefined;
}

const repeatedWithinMs = 60_000;

/** Whether both come of one form: Slack may deliver it twice, and nobody types the same again within a minute. */
export function isSameAsk(first: DisconnectRequest, second: DisconnectRequest): boolean {
  return (
    first.ref === second.ref &&
    first.requester === second.requester &&
    first.reason === second.reason &&
    second.askedAt - first.askedAt < repeatedWithinMs
  );
}

/** At its expiry, at the next try, or at once until it is settled; then while it is looked whether somebody comes back. */
export function nextStepAt({ state, expiresAt }: DisconnectRequest): number | undefined {
  switch (state.is) {
    case 'pending':
      return expiresAt;
    case 'approved':
      return state.waiting?.nextTryAt ?? state.decidedAt;
    case 'sending':
      return state.sentAt;
    case 'gone':
      return state.lookout?.nextLookAt;
    case 'denied':
    case 'cancelled':
    case 'expired':
    case 'overtaken':
    case 'still-there':
    case 'unproven':
    case 'refused':
    case 'not-sent':
      return undefined;
  }
}
