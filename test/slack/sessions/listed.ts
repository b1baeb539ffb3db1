import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { listSessions } from '../../../src/domain/sessions/list.ts';
import type { DisconnectOffer } from '../../../src/slack/requests/ask-button.ts';
import { sessionListView } from '../../../src/slack/sessions/list.ts';
import {
  aHost,
  aHostState,
  aPolicy,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';

/** Two sessions, one of them over its limit. */
export const prod = aHostState({
  readAt: noon - 20_000,
  trackedSessions: [
    aTrackedSession({
      ref: 'ref-long',
      session: aSession({ startedAt: noon - 9 * hour - 12 * minute, vmLogin: 'alice', protocol: 'rdp' }),
    }),
    aTrackedSession({
      ref: 'ref-short',
      session: aSession({ sessionId: 'session-2', startedAt: noon - 4 * minute }),
    }),
  ],
});
/** All sessions, from the first page on. */
export const first = { filter: parseFilter('').filter, page: 0 };
/** Read two minutes ago, without a session. */
export const dev = { ...unread('bastion-dev'), readAt: noon - 2 * minute };

/** A host that was never read. */
export function unread(name: string): HostState {
  const { readAt: _, ...hostState } = aHostState({ host: aHost({ name }), trackedSessions: [] });
  return hostState;
}

/** The list as somebody sees it who typed this. */
export function view(
  states: readonly HostState[],
  {
    offer = 'request',
    page = 0,
    typed = '',
  }: { offer?: DisconnectOffer; page?: number; typed?: string } = {},
) {
  const { filter, mistakes } = parseFilter(typed);
  const list = listSessions(
    { states, discovery: { problems: [] } },
    { filter, page },
    { policy: aPolicy(), now: noon },
  );
  return sessionListView(list, { offer, mistakes });
}
