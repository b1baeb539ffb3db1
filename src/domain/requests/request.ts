import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { AccessDenied, DenialReason } from '../people/access.ts';
import type { UserId } from '../people/person.ts';
import type { Principal } from '../policy/policy.ts';
import type { Session, SessionChange } from '../sessions/session.ts';
import type { CameBack, Lookout } from './lookout.ts';

/** Somebody's wish to end one session, from the asking to the proof; the subject of a card and of a direct message. */
export interface DisconnectRequest {
  readonly id: string;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  /** The tracked session it was asked for. */
  readonly ref: string;
  /** The session as it was when somebody asked: what is approved is what is ended. */
  readonly session: Session;
  /** The other sessions of its tunnel, which are ended with it. */
  readonly others?: readonly Member[];
  readonly hostName: string;
  readonly requester: UserId;
  /** Every id of theirs, where they have several. */
  readonly requesterIds?: readonly UserId[];
  /** Whose session it is, where the policy names somebody. */
  readonly owner?: UserId;
  /** By what of the policy the requester had the right to ask. */
  readonly askedVia?: Principal;
  readonly reason: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  /** The batch it is a member of: that has the card and the direct message, and this has none. */
  readonly batchId?: string;
  /** Nobody could be asked, or not at once. */
  readonly unasked?: Unasked;
  readonly state: RequestState;
}

/** Slack refuses the card on which somebody could decide. */
export interface Unasked {
  readonly since: number;
  /** Slack's name for the reason. */
  readonly code: string;
  /** When the card was posted after all. */
  readonly until?: number;
}

/** One of the sessions that a request is for. */
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
  /** Decided; nothing has been done yet. */
  | ({ readonly is: 'approved'; readonly waiting?: Waiting } & Decided)
  /**
   * The call may have reached Azure. Proof is looked for until the session is gone or patience ends. With `waiting` it
   * tries once more what Azure did not take before, and nobody knows yet whether it does now.
   */
  | ({ readonly is: 'sending'; readonly waiting?: Waiting } & Sending)
  /** With `lookout` nobody has come back so far. */
  | ({
      readonly is: 'gone';
      readonly checkedAt: number;
      readonly lookout?: Lookout;
      readonly cameBack?: CameBack;
    } & Sending)
  /** `left`: how many of several; absent for one. */
  | ({ readonly is: 'still-there'; readonly checkedAt: number; readonly left?: number } & Sending)
  /** Sent, but no reading since could say whether the session is gone. */
  | ({ readonly is: 'unproven'; readonly at: number; readonly failure: AzureFailure } & Sending)
  /** Azure answered that it did not do it. */
  | ({ readonly is: 'refused'; readonly at: number; readonly failure: AzureFailure } & Sending)
  | ({ readonly is: 'not-sent'; readonly at: number; readonly why: NotSentReason } & Decided);

export interface Decided {
  readonly by?: UserId;
  /** By what of the policy they had the right to. */
  readonly via?: Principal;
  readonly decidedAt: number;
}

export interface Sending extends Decided {
  /** When the last call went out. */
  readonly sentAt: number;
  /** A second call goes out only if the first was seen to have done nothing. */
  readonly calls: 1 | 2;
  /** Azure did not take the second call so far, or the next one of a tunnel. */
  readonly again?: Delay;
  /** How many of several the last call names. */
  readonly named?: number;
  /** Ids that no call has named so far: one call names a few. */
  readonly uncalled?: readonly string[];
  /** Why no further call is made. */
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

/** What Azure does not give or take: a reading of the host before the call, or the call itself. */
export interface WaitingForAzure extends Delay {
  readonly for: 'reading' | 'call';
}

/** Slack cannot say whether who asked and who approved may do so still. */
export interface WaitingForSlack {
  readonly for: 'right';
  readonly since: number;
  readonly nextTryAt: number;
  /** What the Slack app lacks, where that is why. */
  readonly missingScope?: string;
}

export type NotSentReason =
  | { readonly is: 'ended-by-itself'; readonly checkedAt: number }
  | { readonly is: 'changed'; readonly change: SessionChange }
  | { readonly is: 'hourly-limit'; readonly maxPerHour: number }
  /** It was ordered where the policy asked for no approval, and now it does. */
  | { readonly is: 'approval-required' }
  /** Who asked, or who approved, may not do so any more. */
  | { readonly is: 'right-lost'; readonly whose: 'requester' | 'approver'; readonly because: DenialReason }
  /** Who approved turned out to be, or perhaps to be, who asked or whose session it is. */
  | { readonly is: 'not-second'; readonly because: NotSecond }
  /** Slack could not say whether it is allowed still. */
  | { readonly is: 'right-unknown' }
  /** Its time was over before the bot came to it. */
  | { readonly is: 'too-late' }
  | { readonly is: 'switched-off' }
  | { readonly is: 'unread'; readonly failure: AzureFailure }
  /** Azure answered every call, until time was over, that it does nothing for now. */
  | { readonly is: 'not-taken'; readonly failure: AzureFailure };

/** What keeps the bot from a call, whatever the session does. */
export type Withheld = Extract<
  NotSentReason,
  {
    is: 'hourly-limit' | 'switched-off' | 'approval-required' | 'right-lost' | 'not-second' | 'right-unknown';
  }
>;

/** Why somebody is no second pair of eyes. */
export type NotSecond =
  | 'own-request'
  /** Slack cannot say whether it is theirs, under another id. */
  | 'perhaps-own-request'
  | 'own-session'
  /** The audit log, or the policy, names them among those whose session it may be. */
  | 'perhaps-own-session'
  /** Whose session it is could not be found out: it may be theirs. */
  | 'owner-unknown';

/** What became of the session before anybody decided. */
export type OvertakenReason =
  | { readonly is: 'ended-by-itself'; readonly checkedAt: number }
  /** It was given up with its end unseen, or its host is not followed any more. */
  | { readonly is: 'lost' | 'host-forgotten' };

/** What asking for a disconnect came to. */
export type AskOutcome =
  | {
      readonly is: 'asked';
      readonly request: DisconnectRequest;
      /** Why Slack refused what was posted last for whoever approves. */
      readonly refusedLately?: string;
    }
  | { readonly is: 'already-asked'; readonly existing: DisconnectRequest }
  /** So many of their cards wait for a decision: no more are opened. */
  | { readonly is: 'too-many-open'; readonly open: number }
  | { readonly is: 'not-tracked' }
  /** Azure gave the session no id, so it cannot be named in a call. */
  | { readonly is: 'cannot-be-ended' }
  | { readonly is: 'switched-off' }
  | { readonly is: 'denied'; readonly denied: AccessDenied };
