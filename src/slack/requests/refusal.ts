import type { UserId } from '../../domain/people/person.ts';
import type { Principal } from '../../domain/policy/policy.ts';
import type { BatchReviewOutcome } from '../../domain/requests/batch.ts';
import type { AskOutcome } from '../../domain/requests/request.ts';
import type { ReviewOutcome } from '../../domain/requests/review.ts';
import { accessDenied, allowedTo } from '../../wording/access-denied.ts';
import { batchState } from '../../wording/batch-state.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { requestState } from '../../wording/request-state.ts';
import { unaskedSoFar } from '../../wording/unasked.ts';
import { nameLength } from '../../wording/foreign.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { code, words } from '../../wording/words.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';

export function askRefusal(outcome: Exclude<AskOutcome, { is: 'asked' }>): Message {
  return note(...askRefusalSentences(outcome));
}

export function reviewRefusal(
  outcome: Exclude<ReviewOutcome, { is: 'decided' }>,
  approvers: readonly Principal[],
): Message {
  switch (outcome.is) {
    case 'denied':
      return accessRefusal(outcome.denied);
    case 'unknown-request':
      return note(...tooOld);
    case 'refused':
      return note(...reviewRefused(outcome, approvers));
  }
}

export function batchReviewRefusal(
  outcome: Exclude<BatchReviewOutcome, { is: 'decided' }>,
  approvers: readonly Principal[],
): Message {
  switch (outcome.is) {
    case 'denied':
      return accessRefusal(outcome.denied);
    case 'unknown-batch':
      return note(...tooOld);
    case 'refused':
      return note(...batchReviewRefused(outcome, approvers));
  }
}

const tooOld = [words`This request is too old: nothing is kept of it any more, and nothing was done.`];

function batchReviewRefused(
  { because, batch, members }: Extract<BatchReviewOutcome, { is: 'refused' }>,
  approvers: readonly Principal[],
): readonly Words[] {
  switch (because) {
    case 'already-decided':
      return [
        words`Too late to change that. The request to disconnect ${counted(members.length, 'session')} stands so: ${batchState(batch, members).headline}.`,
      ];
    case 'own-request':
      return ownRequest(approvers);
    case 'perhaps-own-request':
      return perhapsOwnRequest;
    case 'own-session':
      return [
        words`You cannot approve this: one of the sessions is your own. ${allowedTo('approve', approvers)}`,
        mayDeny,
      ];
    case 'perhaps-own-session':
      return [
        words`You cannot approve this: one of the sessions may be your own, by its login or by the Bastion audit log. ${allowedTo('approve', approvers)}`,
        mayDeny,
      ];
    case 'not-the-requester':
      return [notTheRequester(batch.requester)];
    case 'owner-unknown':
      return ownerUnknown;
  }
}

const ownerUnknown = [
  words`Slack could not say just now whose session this is. Nobody approves the end of their own, so the answer is no.`,
  words`Try again in a minute. Should it stay so, the Slack app may lack the scope ${code('users:read.email')}.`,
];

const perhapsOwnRequest = [
  words`Slack could not say just now whether this is your own request, under another of your ids. Nobody decides about their own, and only who asked can cancel it, so the answer is no.`,
  words`Try again in a minute. Should it stay so, the Slack app may lack the scope ${code('users:read')}.`,
];

const mayDeny = words`You can deny it, or leave it to a colleague.`;

function ownRequest(approvers: readonly Principal[]): readonly Words[] {
  return [
    words`You cannot approve or deny this: it is your own request. ${allowedTo('approve', approvers)}`,
    words`You can cancel it.`,
  ];
}

function notTheRequester(requester: UserId): Words {
  return words`Only ${person(requester)}, who asked, can cancel this request.`;
}

function askRefusalSentences(outcome: Exclude<AskOutcome, { is: 'asked' }>): readonly Words[] {
  switch (outcome.is) {
    case 'already-asked': {
      const { requester, askedAt, session } = outcome.existing;
      return [
        words`${person(requester)} asked to disconnect ${shortSessionName(session, nameLength)} already, ${at(askedAt)}. One request at a time is open for a session.`,
        words`It stands so: ${requestState(outcome.existing).headline}.`,
        ...unaskedSoFar(outcome.existing),
      ];
    }
    case 'too-many-open':
      return [
        words`${counted(outcome.open, 'request')} of yours wait for a decision. No more than that are open at once, so that those of your colleagues are seen, and this one was not opened.`,
        words`Cancel some of them on their cards, or wait until they are decided, and ask again.`,
      ];
    case 'not-tracked':
      return [
        words`This session is over, or its host is no longer known. Press Refresh for what is open now.`,
      ];
    case 'cannot-be-ended':
      return [
        words`This session cannot be ended from here: Azure gives it no id. Try the Azure portal, or end it on the machine.`,
      ];
    case 'switched-off':
      return [words`The policy has disconnecting switched off.`];
    case 'denied':
      return accessDenied(outcome.denied);
  }
}

function reviewRefused(
  { because, request }: Extract<ReviewOutcome, { is: 'refused' }>,
  approvers: readonly Principal[],
): readonly Words[] {
  switch (because) {
    case 'already-decided':
      return [
        words`Too late to change that. The request to disconnect ${shortSessionName(request.session, nameLength)} stands so: ${requestState(request).headline}.`,
      ];
    case 'own-request':
      return ownRequest(approvers);
    case 'perhaps-own-request':
      return perhapsOwnRequest;
    case 'own-session':
      return [
        words`You cannot approve this: it is your own session. ${allowedTo('approve', approvers)}`,
        mayDeny,
      ];
    case 'perhaps-own-session':
      return [
        words`You cannot approve this: it may be your own session, by its login or by the Bastion audit log. ${allowedTo('approve', approvers)}`,
        mayDeny,
      ];
    case 'not-the-requester':
      return [notTheRequester(request.requester)];
    case 'owner-unknown':
      return ownerUnknown;
  }
}
