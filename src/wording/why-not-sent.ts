import type { NotSentReason } from '../domain/requests/request.ts';
import type { SessionChange } from '../domain/sessions/session.ts';
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
