import type { ActionsBlock, Button } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { actions, button } from '../kit/blocks.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { disconnectButton } from '../requests/ask-button.ts';
import { alertMenuAction, alertMenuValue } from './menu.ts';

/** The value of each button is the alert's id. */
export const acknowledgeAction = 'alert_acknowledge';
export const unacknowledgeAction = 'alert_unacknowledge';
export const snoozeAction = 'alert_snooze';
export const unsnoozeAction = 'alert_unsnooze';

/** All that can be done about an open alert; Slack shows five buttons without opening anything. */
export function alertButtons(alert: Alert, offer: DisconnectOffer): ActionsBlock {
  const { id, session } = alert;
  const disconnect = disconnectButton(offer, alert);
  const details = button(
    'Details',
    alertMenuAction,
    alertMenuValue('details', id),
    `Details: ${sessionName(session)}`,
  );
  return actions(...handlingButtons(alert), ...(disconnect ? [disconnect] : []), details);
}

function handlingButtons({ id, session, handling }: Alert): readonly Button[] {
  const offer = (text: string, action: string) =>
    button(text, action, id, `${text}: ${sessionName(session)}`);
  const snooze = offer('Snooze', snoozeAction);
  switch (handling.is) {
    case 'unattended':
    case 'woken':
      return [offer('Acknowledge', acknowledgeAction), snooze];
    case 'acknowledged':
      return [offer('Undo acknowledgement', unacknowledgeAction), snooze];
    case 'snoozed':
      return [offer('Acknowledge', acknowledgeAction), offer('End snooze', unsnoozeAction), snooze];
  }
}
