import type { Button, Overflow, PlainTextOption } from '@slack/types';
import type { ListedRow } from '../../domain/sessions/list.ts';
import { plainText } from '../../wording/foreign.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { button } from '../kit/blocks.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';

/** The menu of one row: on a phone a button with words would leave the names half of the width. */
export const rowMenuAction = 'session_menu';

/** `ask-alike`: for all sessions that the row stands for. */
const choices = ['ask', 'ask-alike', 'details'] as const;
export type RowChoice = (typeof choices)[number];

export function rowMenu(row: ListedRow, offer: DisconnectOffer): Button | Overflow {
  const asks = row.session.sessionId !== '' && offer !== 'none';
  if (!asks) {
    return button(
      'Details',
      rowMenuAction,
      value('details', row.ref),
      `Details: ${sessionName(row.session)}`,
    );
  }
  return {
    type: 'overflow',
    action_id: rowMenuAction,
    options: [
      option(
        offer === 'request' ? 'Request disconnect' : 'Disconnect',
        value(row.count > 1 ? 'ask-alike' : 'ask', row.ref),
      ),
      option('Details', value('details', row.ref)),
    ],
  };
}

/** Undefined for what no row of ours carries. */
export function readRowValue(
  given: string,
): { readonly choice: RowChoice; readonly ref: string } | undefined {
  const [name, ref, ...rest] = given.split(' ');
  const choice = choices.find((one) => one === name);
  return choice && ref && rest.length === 0 ? { choice, ref } : undefined;
}

function value(choice: RowChoice, ref: string): string {
  return `${choice} ${ref}`;
}

function option(text: string, chosen: string): PlainTextOption {
  return { text: plainText(text, 75), value: chosen };
}
