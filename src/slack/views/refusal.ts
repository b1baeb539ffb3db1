import type { AccessDenied } from '../../domain/people/access.ts';
import type { BatchReviewOutcome } from '../../domain/requests/batch.ts';
import type { AskOutcome } from '../../domain/requests/request.ts';
import type { UserId } from '../../domain/people/person.ts';
import type { Principal, Right } from '../../domain/policy/policy.ts';
import type { ReviewOutcome } from '../../domain/requests/review.ts';
import { batchState } from './batch-state.ts';
import { counted } from './counted.ts';
import type { Message } from './message.ts';
import { note } from './note.ts';
import { person, principals } from './person.ts';
import { requestState } from './request-state.ts';
import { sessionName } from './session-facts.ts';
import { at } from './time.ts';
import type { Words } from './words.ts';
import { code, words } from './words.ts';

/** Private, and without a word about any session; `deed` is what was asked for, where it is not what the right is called. */
export function accessRefusal(denied: AccessDenied, deed?: string): Message {
  return note(...accessDenied(denied, deed));
}

export function askRefusal(outcome: Exclude<AskOutcome, { is: 'asked' }>): Message {
  return note(...askRefusalSentences(outcome));
}

/** Private, to whoever clicked and did not decide; `approvers` as the policy names them. */
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

/** The same for the card of a batch. */
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
    case 'own-session':
      return [
        words`You cannot approve this: one of the sessions is your own. ${allowedTo('approve', approvers)}`,
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
        words`${person(requester)} asked to disconnect ${sessionName(session)} already, ${at(askedAt)}. One request at a time is open for a session.`,
        words`It stands so: ${requestState(outcome.existing).headline}.`,
      ];
    }
    case 'not-watched':
      return [
        words`This session is over, or its host is no longer known. Press Refresh for what is open now.`,
      ];
    case 'nameless-session':
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
        words`Too late to change that. The request to disconnect ${sessionName(request.session)} stands so: ${requestState(request).headline}.`,
      ];
    case 'own-request':
      return ownRequest(approvers);
    case 'own-session':
      return [words`You cannot approve this: it is your own session. ${allowedTo('approve', approvers)}`];
    case 'not-the-requester':
      return [notTheRequester(request.requester)];
    case 'owner-unknown':
      return ownerUnknown;
  }
}

function accessDenied(denied: AccessDenied, deed = deedOf(denied.right)): readonly Words[] {
  const { right, who } = denied;
  const rule = words`You may not ${deed}. ${allowedTo(right, who)}`;
  const because = whyDenied(denied);
  return because ? [rule, because] : [rule];
}

function whyDenied({ because, missingScope }: AccessDenied): Words | undefined {
  switch (because) {
    case 'not-named':
      return undefined;
    case 'guest':
      return words`You are a guest here: a group or “everyone” does not mean guests, only a user id in the policy does.`;
    case 'elsewhere':
      return words`You belong to another workspace: a group or “everyone” does not mean you, only a user id in the policy does.`;
    case 'deactivated':
      return words`Slack says that your account is deactivated.`;
    case 'unsure':
      return missingScope === undefined
        ? words`Slack could not say just now who you are or who is in a group among them, and then the answer is no. Try again in a few minutes.`
        : words`Slack does not tell the bot who that is, and then the answer is no: its Slack app lacks the scope ${code(missingScope)}. Whoever looks after the bot can add it and install the app again.`;
  }
}

function allowedTo(right: Right, who: readonly Principal[]): Words {
  return words`The policy allows ${code(right)} to ${principals(who)}.`;
}

function deedOf(right: Right): string {
  switch (right) {
    case 'view':
      return 'see sessions';
    case 'disconnect':
      return 'ask for a session to be ended';
    case 'approve':
      return 'approve or deny the end of a session';
  }
}
