import type { Alert } from '../../domain/alerts/alert.ts';
import type { HandlingRefusal } from '../../domain/alerts/handle.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import { alertState } from '../../wording/alert-state.ts';
import { person } from '../../wording/person.ts';
import { nameLength } from '../../wording/foreign.ts';
import { shortSessionName } from '../../wording/session-line.ts';
import { words } from '../../wording/words.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import type { Message } from '../kit/message.ts';
import { note } from '../kit/note.ts';

export type RefusedHandling =
  | { readonly is: 'refused'; readonly because: HandlingRefusal; readonly alert: Alert }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown-alert' };

export function handlingRefusal(outcome: RefusedHandling): Message {
  switch (outcome.is) {
    case 'denied':
      return accessRefusal(outcome.denied, 'acknowledge or snooze alerts');
    case 'unknown-alert':
      return note(words`This alert is too old: nothing is kept of it any more.`);
    case 'refused':
      return refused(outcome);
  }
}

function refused({ because, alert }: Extract<RefusedHandling, { is: 'refused' }>): Message {
  const { handling, session } = alert;
  switch (because) {
    case 'closed':
      return note(
        words`Nothing is left to do about ${shortSessionName(session, nameLength)}: ${alertState(alert).headline}.`,
      );
    case 'acknowledged-by-another':
      return handling.is === 'acknowledged'
        ? note(words`${person(handling.by)} has acknowledged this already.`)
        : note(words`Somebody has acknowledged this already.`);
    case 'as-wished':
      return note(words`It is so already: ${alertState(alert).headline}.`);
    case 'time-passed':
      return note(words`That time has passed already.`);
    case 'too-long':
      return note(words`An alert can be snoozed for 7 days at most.`);
  }
}
