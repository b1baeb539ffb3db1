import type { FilterMistake } from '../domain/sessions/filter-text.ts';
import type { ListOutcome } from '../usecases/sessions/list-sessions.ts';
import { offerOf } from './views/disconnect-button.ts';
import type { Message } from './views/message.ts';
import { accessRefusal } from './views/refusal.ts';
import { sessionListView } from './views/session-list.ts';

export function listMessage(outcome: ListOutcome, mistakes: readonly FilterMistake[] = []): Message {
  return outcome.is === 'denied'
    ? accessRefusal(outcome.denied)
    : sessionListView(outcome.list, { offer: offerOf(outcome.offer), mistakes });
}
