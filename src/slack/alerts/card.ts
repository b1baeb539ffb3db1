import type { ActionsBlock, Button } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { isOpen } from '../../domain/alerts/alert.ts';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import { alertState } from '../../wording/alert-state.ts';
import { factRooms, openSince, sessionFacts, sessionName } from '../../wording/session-facts.ts';
import { at, duration } from '../../wording/time.ts';
import { bold, words } from '../../wording/words.ts';
import { button, facts, lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { disconnectButton, offerOf } from '../requests/ask-button.ts';
import { alertMenu } from './menu.ts';

/** The value of each button is the alert's id. */
export const acknowledgeAction = 'alert_acknowledge';
export const unacknowledgeAction = 'alert_unacknowledge';
export const snoozeAction = 'alert_snooze';
export const unsnoozeAction = 'alert_unsnooze';

/** Instants, never ages: the card is edited when its state changes, not as time passes. */
export function alertCard(alert: Alert, approval: DisconnectPolicy['approval']): Message {
  const { session, hostName, rule } = alert;
  const { headline, more } = alertState(alert);
  const limit = words`${duration(rule.warnAfterMs)} by the rule ${rule.name}`;
  return firstThatFits(factRooms, (room) => ({
    text: spoken(
      words`${headline}: ${sessionName(session)} through ${hostName}, open since ${openSince(session)}. The limit is ${limit}.`,
    ),
    blocks: [
      lines(bold(headline), ...more),
      facts([
        ...sessionFacts(session, hostName, room),
        ['Last seen open', words`${at(alert.seenAt)}`],
        ['Limit', limit],
      ]),
      ...(isOpen(alert) ? [openActions(alert, approval)] : []),
    ],
  }));
}

function openActions(alert: Alert, approval: DisconnectPolicy['approval']): ActionsBlock {
  const { ref, session } = alert;
  const disconnect = disconnectButton(offerOf(approval), ref, session);
  return {
    type: 'actions',
    elements: [...(disconnect ? [disconnect] : []), ...handlingButtons(alert), alertMenu(alert)],
  };
}

/** What undoes the last thing done stands where it was done. */
function handlingButtons({ id, session, handling }: Alert): readonly Button[] {
  const offer = (text: string, action: string) =>
    button(text, action, id, `${text}: ${sessionName(session)}`);
  switch (handling.is) {
    case 'unattended':
    case 'woken':
      return [offer('Acknowledge', acknowledgeAction), offer('Snooze', snoozeAction)];
    case 'acknowledged':
      return [offer('Undo acknowledgement', unacknowledgeAction), offer('Snooze', snoozeAction)];
    case 'snoozed':
      return [offer('Acknowledge', acknowledgeAction), offer('End snooze', unsnoozeAction)];
  }
}
