import type { Action, Submission } from './action.ts';
import {
  acknowledgeAction,
  snoozeAction,
  unacknowledgeAction,
  unsnoozeAction,
} from './alerts/alert-buttons.ts';
import { chooseForAlert, handlingAction, openSnoozeForm, sendSnoozeForm } from './alerts/handling-actions.ts';
import { alertMenuAction } from './alerts/menu.ts';
import { snoozeCallback } from './alerts/snooze-modal.ts';
import { historyNextAction, historyPreviousAction } from './history/list.ts';
import { turnHistoryPage } from './history/list-actions.ts';
import { openAskForm, sendAskForm } from './requests/ask-actions.ts';
import { askAction, askAlikeAction } from './requests/ask-button.ts';
import { disconnectCallback } from './requests/ask-modal.ts';
import { approveBatchAction, cancelBatchAction, denyBatchAction } from './requests/batch-card.ts';
import { approveAction, cancelAction, denyAction } from './requests/card.ts';
import {
  pickerCallback,
  pickerFilterAction,
  pickerNextAction,
  pickerPreviousAction,
  pickerRefreshAction,
} from './requests/picker.ts';
import { filterPicker, openPicker, refreshPicker, sendPick, turnPicker } from './requests/picker-actions.ts';
import { reviewAction, reviewBatchAction } from './requests/review-actions.ts';
import { nextPageAction, previousPageAction, refreshAction, severalAction } from './sessions/list-buttons.ts';
import { refreshList, turnPage } from './sessions/list-actions.ts';
import { chooseInRow } from './sessions/row-actions.ts';
import { rowMenuAction } from './sessions/row-buttons.ts';

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
  [askAlikeAction, openAskForm],
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

export const submissions: ReadonlyMap<string, Submission> = new Map([
  [disconnectCallback, sendAskForm],
  [pickerCallback, sendPick],
  [snoozeCallback, sendSnoozeForm],
]);
