import type { ActionsBlock } from '@slack/types';
import type { ListedRow } from '../../domain/sessions/list.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { actions, button } from '../kit/blocks.ts';
import { choiceValue, readChoice } from '../kit/choice-value.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { disconnectButton } from '../requests/ask-button.ts';

/** The value is a choice and the `ref` of a session: earlier versions had a menu of them in each row. */
export const rowMenuAction = 'session_menu';

const rowChoices = ['ask', 'ask-alike', 'details'] as const;
type RowChoice = (typeof rowChoices)[number];

/** A line of their own below the row: beside it they would leave the names half of a phone's width. */
export function rowButtons(row: ListedRow, offer: DisconnectOffer, nameAtMost: number): ActionsBlock {
  const { session, ref } = row;
  const asks = disconnectButton(offer, row, nameAtMost);
  const details = choiceValue('details' satisfies RowChoice, ref);
  const label = `Details: ${sessionName(session, nameAtMost)}`;
  return actions(...(asks ? [asks] : []), button('Details', rowMenuAction, details, label));
}

export const readRowValue = (value: string) => readChoice(rowChoices, value);
