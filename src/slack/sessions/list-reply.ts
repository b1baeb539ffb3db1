import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import type { ListOutcome } from '../../usecases/sessions/list-sessions.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import type { Message } from '../kit/message.ts';
import { offerOf } from '../requests/ask-button.ts';
import { sessionListView } from './list.ts';

export function listMessage(outcome: ListOutcome, mistakes: readonly FilterMistake[] = []): Message {
  return outcome.is === 'denied'
    ? accessRefusal(outcome.denied)
    : sessionListView(outcome.list, { offer: offerOf(outcome.offer), mistakes, polling: outcome.polling });
}
