import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { AccessDenied } from '../people/access.ts';
import type { UserId } from '../people/person.ts';
import type { Principal } from '../policy/policy.ts';
import type { Session } from '../sessions/session.ts';
import type { CameBack, Lookout } from './lookout.ts';
import type { NotSentReason, OvertakenReason, Withheld } from './withheld.ts';

/** Somebody's wish to end one session, from the asking to the proof; the subject of a card and of a direct message. */
export interface DisconnectRequest {
  readonly id: string;
  readonly version: number;
  readonly ref: string;
  /** The session as it was when somebody asked: what is approved is what is ended. */
  readonly session: Session;
  readonly others?: readonly Member[];
  readonly hostName: string;
  readonly requester: UserId;
  readonly requesterIds?: readonly UserId[];
  readonly owner?: UserId;
  readonly askedVia?: Principal;
  readonly reason: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  /** The batch it is a member of: that has the card and the direct message, and this has none. */
  readonly batchId?: string;
  readonly unasked?: Unasked;
  readonly state: RequestState;
}

/** Slack refuses the card on which somebody could decide. */
export interface Unasked {
  readonly since: number;
  readonly code: string;
  readonly until?: number;
}

export interface Member {
  readonly ref: string;
  readonly session: Session;
}

/** `by` is who decided; absent where the policy asks for no approval. */
export type RequestState =
  | { readonly is: 'pending' }
  | { readonly is: 'denied' | 'cancelled'; readonly by: UserId; readonly at: number }
  | { readonly is: 'expired'; readonly at: number }
  /** Nobody has decided, and there is nothing left to decide. */
  | { readonly is: 'overtaken'; readonly at: number; readonly why: OvertakenReason }
  | ({ readonly is: 'approved'; readonly waiting?: Waiting } & Decided)
  /** The call may have reached Azure. With `waiting` it tries again what Azure did not take before, and nobody knows yet whether it does. */
  | ({ readonly is: 'sending'; readonly waiting?: Waiting } & Sending)
  /** With `lookout` nobody has come back so far. */
  | ({
      readonly is: 'gone';
      readonly checkedAt: number;
      readonly lookout?: Lookout;
      readonly cameBack?: CameBack;
    } & Sending)
  | ({ readonly is: 'still-there'; readonly checkedAt: number; readonly left?: number } & Sending)
  /** Sent, but no reading since could say whether the session is gone. */
  | ({ readonly is: 'unproven'; readonly at: number; readonly failure: AzureFailure } & Sending)
  | ({ readonly is: 'refused'; readonly at: number; readonly failure: AzureFailure } & Sending)
  | ({ readonly is: 'not-sent'; readonly at: number; readonly why: NotSentReason } & Decided);

export interface Decided {
  readonly by?: UserId;
  readonly via?: Principal;
  readonly decidedAt: number;
}

export interface Sending extends Decided {
  readonly sentAt: number;
  /** A second call goes out only if the first was seen to have done nothing. */
  readonly calls: 1 | 2;
  /** Azure did not take the second call so far, or the next one of a tunnel. */
  readonly again?: Delay;
  readonly named?: number;
  /** Ids that no call has named so far: one call names a few. */
  readonly uncalled?: readonly string[];
  readonly withheld?: Withheld;
}

/** Azure will not have it yet: since when, what it said last, and when it is asked again. */
export interface Delay {
  readonly since: number;
  readonly failure: AzureFailure;
  readonly nextTryAt: number;
}

/** `isSaid`: the card says all of it already, for the last try brought nothing new. */
export type Waiting = (WaitingForAzure | WaitingForSlack) & { readonly isSaid: boolean };

export interface WaitingForAzure extends Delay {
  readonly for: 'reading' | 'call';
}

/** Slack cannot say whether who asked and who approved may do so still. */
export interface WaitingForSlack {
  readonly for: 'right';
  readonly since: number;
  readonly nextTryAt: number;
  readonly missingScope?: string;
}

export type AskOutcome =
  | {
      readonly is: 'asked';
      readonly request: DisconnectRequest;
      /** Why Slack refused what was posted last for the approvers. */
      readonly refusedLately?: string;
    }
  | { readonly is: 'already-asked'; readonly existing: DisconnectRequest }
  | { readonly is: 'too-many-open'; readonly open: number }
  | { readonly is: 'not-tracked' }
  | { readonly is: 'cannot-be-ended' }
  | { readonly is: 'switched-off' }
  | { readonly is: 'denied'; readonly denied: AccessDenied };
