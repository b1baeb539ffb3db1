import type { ActionsBlock } from '@slack/types';
import type { ListedRow } from '../../domain/sessions/list.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { actions, button } from '../kit/blocks.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { disconnectButton } from '../requests/ask-button.ts';

/** The value is a choice and the `ref` of a session: earlier versions had a menu of them in each row. */
export const rowMenuAction = 'session_menu';

const choices = ['ask', 'ask-alike', 'details'] as const;
export type RowChoice = (typeof choices)[number];

/** A line of their own below the row: beside it they would leave the names half of a phone's width. */
export function rowButtons(row: ListedRow, offer: DisconnectOffer, nameAtMost: number): ActionsBlock {
  const { session, ref, count } = row;
  const asks = disconnectButton(offer, { ...row, areAlike: count > 1 }, nameAtMost);
  const details = `${'details' satisfies RowChoice} ${ref}`;
  const label = `Details: ${sessionName(session, nameAtMost)}`;
  return actions(...(asks ? [asks] : []), button('Details', rowMenuAction, details, label));
}

/** Undefined for what no row of ours carries. */
export function readRowValue(
  given: string,
): { readonly choice: RowChoice; readonly ref: string } | undefined {
  const [name, ref, ...rest] = given.split(' ');
  const choice = choices.find((one) => one === name);
  return choice && ref && rest.length === 0 ? { choice, ref } : undefined;
}
