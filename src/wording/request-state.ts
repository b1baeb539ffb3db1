import type {
  Decided,
  DisconnectRequest,
  RequestState,
  Sending,
  Waiting,
} from '../domain/requests/request.ts';
import type { NotSentReason } from '../domain/requests/withheld.ts';
import { isPending } from '../domain/requests/phases.ts';
import { isUnasked } from '../domain/requests/unasked.ts';
import { lapsesAt } from '../domain/requests/waiting.ts';
import type { StateWords } from './alert-state.ts';
import { azureFailureCause, azureFailureSentence } from './azure-failure.ts';
import { person } from './person.ts';
import { overtakenState } from './overtaken-state.ts';
import { age } from './session-facts.ts';
import { shortSessionName } from './session-line.ts';
import { noEffect, stillThere } from './still-there.ts';
import { at, atSecond } from './time.ts';
import { unaskedInTime, unaskedSoFar } from './unasked.ts';
import { whyNotSent } from './why-not-sent.ts';
import type { Words } from './words.ts';
import { code, words } from './words.ts';

/** Who asks about whom and where, or what became of it, within the eighty characters of a lock screen; without a full stop. */
export function requestSentence(request: DisconnectRequest): Words {
  const { requester, session, askedAt } = request;
  return isPending(request)
    ? words`${person(requester)} asks to disconnect ${shortSessionName(session, 30)}, open ${age(session, askedAt)}`
    : words`${shortSessionName(session)}: ${requestState(request).headline}`;
}

export function requestState(request: DisconnectRequest): StateWords {
  const { state } = request;
  switch (state.is) {
    case 'pending':
      return {
        headline: isUnasked(request) ? words`Nobody was asked yet` : words`Waiting for approval`,
        more: [
          ...unaskedSoFar(request),
          words`Expires ${at(request.expiresAt)}. Nothing is sent before somebody approves.`,
        ],
      };
    case 'denied':
      return { headline: words`Denied by ${person(state.by)}, ${at(state.at)}`, more: [nothingSent] };
    case 'cancelled':
      return { headline: words`Cancelled by ${person(state.by)}, ${at(state.at)}`, more: [nothingSent] };
    case 'expired':
      return {
        headline: words`Expired ${at(state.at)}`,
        more: [...unaskedInTime(request), words`Nobody approved or denied it in time. Nothing was sent.`],
      };
    case 'overtaken':
      return overtakenState(request, state);
    case 'approved':
      if (state.waiting) return waiting(request, state, state.waiting);
      return {
        headline:
          state.by === undefined ? words`Ordered, about to disconnect` : words`Approved, about to disconnect`,
        more: [decisionOf(request, state), words`The session is read once more before anything is sent.`],
      };
    case 'sending':
      return {
        headline: words`Disconnect sent, proving…`,
        more: [...noFurtherCall(request, state), decisionOf(request, state), sending(state)],
      };
    case 'gone':
      return {
        headline: words`Gone, checked ${atSecond(state.checkedAt)}${cameBack(state)}`,
        more: [decisionOf(request, state), sending(state)],
      };
    case 'still-there':
      return {
        headline: words`${stillThere(request, state.left)}, checked ${atSecond(state.checkedAt)}`,
        more: [
          ...noEffect(request, state),
          ...noFurtherCall(request, state),
          decisionOf(request, state),
          sending(state),
        ],
      };
    case 'unproven':
      return {
        headline: words`Sent, but not proven`,
        more: [
          words`No reading since then, up to ${at(state.at)}, could say whether the session is gone. ${azureFailureSentence(state.failure)}`,
          ...noFurtherCall(request, state),
          decisionOf(request, state),
          sending(state),
        ],
      };
    case 'refused':
      return {
        headline: words`Refused by Azure, ${at(state.at)}`,
        more: [
          words`Azure did not end the session. ${azureFailureSentence(state.failure)}`,
          decisionOf(request, state),
        ],
      };
    case 'not-sent':
      return notSent(request, state);
  }
}

function cameBack({ cameBack }: Extract<RequestState, { is: 'gone' }>): Words {
  return cameBack ? words`, came back ${atSecond(cameBack.session.startedAt)}` : [];
}

const nothingSent = words`Nothing was sent.`;

function waiting(request: DisconnectRequest, state: Decided, reason: Waiting): StateWords {
  const decided = state.by === undefined ? 'Ordered' : 'Approved';
  const whom = reason.for === 'right' ? 'Slack' : 'Azure';
  return {
    headline: words`${decided}, waiting for ${whom} since ${at(reason.since)}`,
    more: [
      words`${whatWaits(reason)} until ${at(lapsesAt(request, state))}; nothing has been done so far.`,
      decisionOf(request, state),
    ],
  };
}

function whatWaits(reason: Waiting): Words {
  if (reason.for === 'right') {
    const why =
      reason.missingScope === undefined
        ? words`Slack cannot say just now whether who asked and who approved may do so still.`
        : words`Slack does not tell whether who asked and who approved may do so still: its app lacks the scope ${code(reason.missingScope)}.`;
    return words`${why} It is asked again`;
  }
  const { retryAt } = reason.failure;
  const next =
    retryAt === undefined ? words`It is tried again` : words`It is tried again at ${at(retryAt)}, and`;
  return words`What went wrong: ${azureFailureCause(reason.failure)}. ${next}`;
}

function notSent(
  request: DisconnectRequest,
  state: Decided & { readonly at: number; readonly why: NotSentReason },
): StateWords {
  const more = [...whyNotSent(state.why, request.hostName), decisionOf(request, state)];
  return state.why.is === 'ended-by-itself'
    ? { headline: words`Ended by itself, checked ${atSecond(state.why.checkedAt)}`, more }
    : { headline: words`Not sent, ${at(state.at)}`, more };
}

function noFurtherCall({ hostName }: DisconnectRequest, { withheld }: Sending): readonly Words[] {
  return withheld ? [words`No further call was made.`, ...whyNotSent(withheld, hostName)] : [];
}

export function decisionOf({ requester }: DisconnectRequest, { by, decidedAt }: Decided): Words {
  return by === undefined
    ? words`Ordered by ${person(requester)}, ${at(decidedAt)}; the policy asks for no approval.`
    : words`Approved by ${person(by)}, ${at(decidedAt)}.`;
}

function sending({ sentAt, calls, again }: Sending): Words {
  switch (calls) {
    case 1:
      return again === undefined
        ? words`Disconnect sent at ${atSecond(sentAt)}.`
        : words`Disconnect sent at ${atSecond(sentAt)}. Azure did not take a second call: ${azureFailureCause(again.failure)}.`;
    case 2:
      return words`Disconnect sent once more at ${atSecond(sentAt)}, after a reading that still showed the session.`;
  }
}
