import type { ActionsBlock } from '@slack/types';
import type { SessionList } from '../../domain/sessions/list.ts';
import { actions, button } from '../kit/blocks.ts';
import { listValue } from '../kit/list-value.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';

/** The value of each button is a `listValue`. */
export const refreshAction = 'sessions_refresh';

export const previousPageAction = 'sessions_previous_page';

export const nextPageAction = 'sessions_next_page';

export const severalAction = 'sessions_several';

export function listActions(
  { page, pages, filter, matching }: SessionList,
  offer: DisconnectOffer,
): ActionsBlock {
  const showing = (wanted: number) => listValue({ page: wanted, filter });
  return actions(
    ...(page > 0
      ? [button('Previous page', previousPageAction, showing(page - 1), `Show page ${page} of the sessions`)]
      : []),
    ...(page < pages - 1
      ? [button('Next page', nextPageAction, showing(page + 1), `Show page ${page + 2} of the sessions`)]
      : []),
    ...(offer !== 'none' && matching > 1
      ? [button('Select several', severalAction, showing(0), 'Select several sessions to end')]
      : []),
    button('Refresh', refreshAction, showing(page), 'Refresh: read all hosts again'),
  );
}
