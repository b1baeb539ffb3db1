import type { Alert } from '../../domain/alerts/alert.ts';
import { isOpen } from '../../domain/alerts/alert.ts';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import { alertSentence, alertStanding } from '../../wording/alert-sentence.ts';
import { factRooms, sessionFacts } from '../../wording/session-facts.ts';
import { at, duration } from '../../wording/time.ts';
import { bold, words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { offerOf } from '../requests/ask-button.ts';
import { alertButtons } from './alert-buttons.ts';

/** What it is about, then how it stands: the card is edited when its state changes, not as time passes. */
export function alertCard(alert: Alert, approval: DisconnectPolicy['approval']): Message {
  const { session, hostName, rule } = alert;
  const [standing, ...more] = alertStanding(alert);
  const sentence = alertSentence(alert);
  return firstThatFits(factRooms, (room) => ({
    text: spoken(words`${sentence}. ${standing}, through ${hostName}, by the rule ${rule.name}.`),
    blocks: [
      lines(bold(sentence)),
      lines(standing, ...more),
      facts([
        ...sessionFacts(session, hostName, room),
        ['Last seen open', words`${at(alert.seenAt)}`],
        ['Limit', words`${duration(rule.warnAfterMs)} by the rule ${rule.name}`],
      ]),
      ...(isOpen(alert) ? [alertButtons(alert, offerOf(approval))] : []),
    ],
  }));
}
