import type { FilterMistake } from '../domain/sessions/filter-text.ts';
import type { HistoryOutcome } from '../usecases/history/show-history.ts';
import { historyView } from './views/history.ts';
import type { Message } from './views/message.ts';
import { accessRefusal } from './views/refusal.ts';

export function historyMessage(outcome: HistoryOutcome, mistakes: readonly FilterMistake[] = []): Message {
  return outcome.is === 'denied' ? accessRefusal(outcome.denied) : historyView(outcome.list, mistakes);
}
