import type {
  Decided,
  DisconnectRequest,
  NotSentReason,
  RequestState,
  Sending,
  Waiting,
} from '../domain/requests/request.ts';
import { isPending } from '../domain/requests/request.ts';
import { isUnasked, whyUnasked } from '../domain/requests/unasked.ts';
import { sessionCount } from '../domain/requests/tunnel.ts';
import { lapsesAt } from '../domain/requests/waiting.ts';
import type { StateWords } from './alert-state.ts';
import { azureFailureCause, azureFailureSentence } from './azure-failure.ts';
import { person } from './person.ts';
import { refusedBecause } from './refused-posts.ts';
import { age } from './session-facts.ts';
import { shortSessionName } from './session-line.ts';
import { at, atSecond } from './time.ts';
import { whyNotSent } from './why-not-sent.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

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
      return overtaken(request, state);
    case 'approved':
      if (state.waiting) return waitingForAzure(request, state, state.waiting);
      return {
        headline:
          state.by === undefined ? words`Ordered, about to disconnect` : words`Approved, about to disconnect`,
        more: [decisionOf(request, state), words`The session is read once more before anything is sent.`],
      };
    case 'sending':
      return {
        headline: words`Disconnect sent, proving…`,
        more: [decisionOf(request, state), sending(state)],
      };
    case 'gone':
      return {
        headline: words`Gone, checked ${atSecond(state.checkedAt)}${cameBack(state)}`,
        more: [decisionOf(request, state), sending(state)],
      };
    case 'still-there':
      return {
        headline: words`${stillThere(request, state.left)}, checked ${atSecond(state.checkedAt)}`,
        more: [...noEffect(request, state), decisionOf(request, state), sending(state)],
      };
    case 'unproven':
      return {
        headline: words`Sent, but not proven`,
        more: [
          words`No reading since then, up to ${at(state.at)}, could say whether the session is gone. ${azureFailureSentence(state.failure)}`,
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

function stillThere(request: DisconnectRequest, left: number | undefined): string {
  const count = sessionCount(request);
  return left === undefined || count === 1
    ? 'Still there'
    : `${count - left} of ${count} gone, ${left} still there`;
}

function noEffect(
  request: DisconnectRequest,
  { left, uncalled = [] }: Extract<RequestState, { is: 'still-there' }>,
): readonly Words[] {
  const remedy = 'or have somebody end them in the Azure portal or on the machine';
  if (sessionCount(request) === 1 || left === undefined) {
    return [
      words`The disconnect had no effect. Somebody has to end the session in the Azure portal or on the machine.`,
    ];
  }
  return uncalled.length > 0
    ? [words`Azure did not take the call for ${uncalled.length} of these in time. Ask again, ${remedy}.`]
    : [words`On these the disconnect had no effect. Ask again, ${remedy}.`];
}

function cameBack({ cameBack }: Extract<RequestState, { is: 'gone' }>): Words {
  return cameBack ? words`, came back ${atSecond(cameBack.session.startedAt)}` : [];
}

const goesOnTrying = words`The bot goes on trying. Whoever may approve can decide on the bot's Home tab, too.`;

/** What is said while nobody is asked. */
export function unaskedSoFar(request: DisconnectRequest): readonly Words[] {
  const code = whyUnasked(request);
  return code === undefined ? [] : [...refusedBecause(code, 'approvals'), goesOnTrying];
}

/** What is said of a request that is over, of which nobody was asked, or not at once. */
export function unaskedInTime({ unasked }: DisconnectRequest): readonly Words[] {
  if (!unasked) return [];
  const [cause, remedy] = refusedBecause(unasked.code, 'approvals');
  return unasked.until === undefined
    ? [words`Nobody was asked. ${cause}`, remedy]
    : [words`Nobody was asked before ${at(unasked.until)}.`];
}

function overtaken(
  { hostName }: DisconnectRequest,
  { at: since, why }: Extract<RequestState, { is: 'overtaken' }>,
): StateWords {
  switch (why.is) {
    case 'ended-by-itself':
      return {
        headline: words`Ended by itself, checked ${atSecond(why.checkedAt)}`,
        more: [words`Nobody had decided yet. Nothing was sent.`],
      };
    case 'lost':
      return {
        headline: words`Lost sight of, ${at(since)}`,
        more: [
          words`${hostName} has not been read for a day, so nobody knows whether the session is still open. Nothing was sent; ask again once it is listed again.`,
        ],
      };
    case 'host-forgotten':
      return {
        headline: words`Lost sight of, ${at(since)}`,
        more: [
          words`${hostName} is gone, or the bot is not to look at it any more. Nobody knows whether the session is still open. Nothing was sent.`,
        ],
      };
  }
}

const nothingSent = words`Nothing was sent.`;

function waitingForAzure(
  request: DisconnectRequest,
  state: Decided,
  { failure, since }: Waiting,
): StateWords {
  const { retryAt } = failure;
  const next =
    retryAt === undefined ? words`It is tried again` : words`It is tried again at ${at(retryAt)}, and`;
  return {
    headline:
      state.by === undefined
        ? words`Ordered, waiting for Azure since ${at(since)}`
        : words`Approved, waiting for Azure since ${at(since)}`,
    more: [
      words`What went wrong: ${azureFailureCause(failure)}. ${next} until ${at(lapsesAt(request, state))}; nothing has been done so far.`,
      decisionOf(request, state),
    ],
  };
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

/** Who decided, and when. */
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
