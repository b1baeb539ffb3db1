import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { DenialReason } from '../people/access.ts';
import type { SessionChange } from '../sessions/session-change.ts';

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
  | { readonly is: 'too-late' }
  | { readonly is: 'switched-off' }
  | { readonly is: 'unread'; readonly failure: AzureFailure }
  | { readonly is: 'not-taken'; readonly failure: AzureFailure };

export type Withheld = Extract<
  NotSentReason,
  {
    is: 'hourly-limit' | 'switched-off' | 'approval-required' | 'right-lost' | 'not-second' | 'right-unknown';
  }
>;

export type NotSecond =
  | 'own-request'
  /** Slack cannot say whether it is theirs, under another id. */
  | 'perhaps-own-request'
  | 'own-session'
  /** The audit log, or the policy, names them among those whose session it may be. */
  | 'perhaps-own-session'
  /** Whose session it is could not be found out: it may be theirs. */
  | 'owner-unknown';

export type OvertakenReason =
  | { readonly is: 'ended-by-itself'; readonly checkedAt: number }
  /** It was given up with its end unseen, or its host is not followed any more. */
  | { readonly is: 'lost' | 'host-forgotten' };
