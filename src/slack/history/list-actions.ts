import type { HistoryQuery } from '../../domain/history/list.ts';
import { parseHistory } from '../../domain/history/query-text.ts';
import { showHistory } from '../../usecases/history/show-history.ts';
import type { Action } from '../action.ts';
import { replace } from '../reply.ts';
import { historyMessage } from './list-reply.ts';

export const turnHistoryPage: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value }) =>
    replace(historyMessage(await showHistory(ports, { by, query: readHistoryValue(value) }))),
};

/** Reads what came back; anybody can send anything, and what is not understood is left out. */
function readHistoryValue(value: string): HistoryQuery {
  const [, digits = '0', text = ''] = /^(\d{1,9})? ?(.*)$/su.exec(value) ?? [];
  const { filter, sinceMs } = parseHistory(text);
  return { page: Number(digits), filter, sinceMs };
}
