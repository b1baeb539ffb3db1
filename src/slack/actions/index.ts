import { acknowledgeAction, snoozeAction, unacknowledgeAction, unsnoozeAction } from '../views/alert-card.ts';
import { alertMenuAction } from '../views/alert-menu.ts';
import { askAction } from '../views/disconnect-button.ts';
import { disconnectCallback } from '../views/disconnect-modal.ts';
import { approveAction, cancelAction, denyAction } from '../views/request-card.ts';
import { approveBatchAction, cancelBatchAction, denyBatchAction } from '../views/batch-card.ts';
import {
  pickerCallback,
  pickerFilterAction,
  pickerNextAction,
  pickerPreviousAction,
  pickerRefreshAction,
} from '../views/picker.ts';
import { historyNextAction, historyPreviousAction } from '../views/history.ts';
import { rowMenuAction } from '../views/row-menu.ts';
import { nextPageAction, previousPageAction, refreshAction, severalAction } from '../views/session-list.ts';
import { snoozeCallback } from '../views/snooze-modal.ts';
import type { Action, Submission } from './action.ts';
import { openAskForm, sendAskForm } from './ask.ts';
import { chooseForAlert, handlingAction, openSnoozeForm, sendSnoozeForm } from './handling.ts';
import { turnHistoryPage } from './history.ts';
import { refreshList, turnPage } from './list.ts';
import { filterPicker, openPicker, refreshPicker, sendPick, turnPicker } from './picker.ts';
import { reviewAction, reviewBatchAction } from './review.ts';
import { chooseInRow } from './row.ts';

/** Every button, by the action id its view exports. */
export const actions: ReadonlyMap<string, Action> = new Map([
  [refreshAction, refreshList],
  [previousPageAction, turnPage],
  [nextPageAction, turnPage],
  [rowMenuAction, chooseInRow],
  [severalAction, openPicker],
  [pickerPreviousAction, turnPicker],
  [pickerNextAction, turnPicker],
  [pickerFilterAction, filterPicker],
  [pickerRefreshAction, refreshPicker],
  [historyPreviousAction, turnHistoryPage],
  [historyNextAction, turnHistoryPage],
  [askAction, openAskForm],
  [acknowledgeAction, handlingAction({ do: 'acknowledge' })],
  [unacknowledgeAction, handlingAction({ do: 'unacknowledge' })],
  [snoozeAction, openSnoozeForm],
  [unsnoozeAction, handlingAction({ do: 'unsnooze' })],
  [alertMenuAction, chooseForAlert],
  [approveAction, reviewAction('approve')],
  [denyAction, reviewAction('deny')],
  [cancelAction, reviewAction('cancel')],
  [approveBatchAction, reviewBatchAction('approve')],
  [denyBatchAction, reviewBatchAction('deny')],
  [cancelBatchAction, reviewBatchAction('cancel')],
]);

/** Every form, by its callback id. */
export const submissions: ReadonlyMap<string, Submission> = new Map([
  [disconnectCallback, sendAskForm],
  [pickerCallback, sendPick],
  [snoozeCallback, sendSnoozeForm],
]);
