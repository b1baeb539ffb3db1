import type { UserId } from '../../domain/people/person.ts';
import type { Principal } from '../../domain/policy/policy.ts';
import type { BatchReviewOutcome } from '../../domain/requests/batch.ts';
import type { ReviewOutcome } from '../../domain/requests/review.ts';
import { allowedTo } from '../../wording/access-denied.ts';
import { batchState } from '../../wording/batch-state.ts';
import { counted } from '../../wording/counted.ts';
import { person } from '../../wording/person.ts';
import { requestState } from '../../wording/request-state.ts';
import { nameLength } from '../../wording/foreign.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import type { Words } from '../../wording/words.ts';
import { code, words } from '../../wording/words.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';

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
