import type { NotSecond, NotSentReason } from '../domain/requests/withheld.ts';
import type { SessionChange } from '../domain/sessions/session-change.ts';
import { azureFailureSentence } from './azure-failure.ts';
import type { Words } from './words.ts';
import { words } from './words.ts';

export function whyNotSent(why: NotSentReason, hostName: string): readonly Words[] {
  switch (why.is) {
    case 'ended-by-itself':
      return [words`The session was over before the disconnect went out, so nothing was sent.`];
    case 'changed':
      return [words`${changed(why.change)} What was approved is no longer there, so nothing was sent.`];
    case 'hourly-limit':
      return [
        words`The policy allows ${why.maxPerHour} disconnects an hour, and that many have been sent. Ask again later.`,
      ];
    case 'switched-off':
      return [words`The policy has disconnecting switched off.`];
    case 'approval-required':
      return [
        words`It was ordered while the policy asked for no approval. Now the policy asks for one: ask again, and a colleague can approve it.`,
      ];
    case 'right-lost':
      return [words`${rightLost(why)} Somebody who may can ask again.`];
    case 'not-second':
      return [words`${notSecond(why.because)} Ask again, and somebody else can approve it.`];
    case 'right-unknown':
      return [
        words`Slack could not say whether who asked and who approved may do so still, and then the answer is no. Ask again.`,
      ];
    case 'too-late':
      return [words`The bot came to it only after its time was over, so nothing was sent. Ask again.`];
    case 'unread':
      return [
        words`${hostName} could not be read, so nobody knows whether it is still the same session. ${azureFailureSentence(why.failure)}`,
      ];
    case 'not-taken':
      return [
        words`Azure did not take the disconnect before its time was over, so nothing was done. ${azureFailureSentence(why.failure)}`,
      ];
  }
}

function changed(change: SessionChange): Words {
  switch (change) {
    case 'other-start':
      return words`The session with this id now started at another time.`;
    case 'other-machine':
      return words`The session with this id is now on another machine.`;
    case 'other-login':
      return words`The session with this id now has another VM login.`;
  }
}

function rightLost({ whose, because }: Extract<NotSentReason, { is: 'right-lost' }>): Words {
  const who = whose === 'requester' ? 'Who asked for this' : 'Who approved this';
  return because === 'deactivated'
    ? words`${who} has a deactivated account in Slack by now.`
    : words`${who} has no right to any more, by the policy and Slack as they are now.`;
}

function notSecond(because: NotSecond): Words {
  switch (because) {
    case 'own-request':
      return words`Who approved this is who asked for it, under another id.`;
    case 'perhaps-own-request':
      return words`Who approved this may be who asked for it, under another id.`;
    case 'own-session':
      return words`It has turned out that this is the session of who approved its end.`;
    case 'perhaps-own-session':
      return words`It has turned out that this may be the session of who approved its end.`;
    case 'owner-unknown':
      return words`Slack could not say whose session this is, and nobody approves the end of their own.`;
  }
}
