import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import type { HistoryOutcome } from '../../usecases/history/show-history.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import type { Message } from '../kit/message.ts';
import { historyView } from './list.ts';

export function historyMessage(outcome: HistoryOutcome, mistakes: readonly FilterMistake[] = []): Message {
  return outcome.is === 'denied' ? accessRefusal(outcome.denied) : historyView(outcome.list, mistakes);
}
