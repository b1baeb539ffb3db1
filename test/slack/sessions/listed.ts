import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import type { HostMemory } from '../../../src/domain/sessions/host-state.ts';
import { listSessions } from '../../../src/domain/sessions/list.ts';
import type { DisconnectOffer } from '../../../src/slack/requests/ask-button.ts';
import { sessionListView } from '../../../src/slack/sessions/list.ts';
import { aHost, aMemory, aPolicy, aSession, aWatch, hour, minute, noon } from '../../support/build.ts';

/** Two sessions, one of them over its limit. */
export const prod = aMemory({
  readAt: noon - 20_000,
  watches: [
    aWatch({
      ref: 'ref-long',
      session: aSession({ startedAt: noon - 9 * hour - 12 * minute, vmLogin: 'alice', protocol: 'rdp' }),
    }),
    aWatch({ ref: 'ref-short', session: aSession({ sessionId: 'session-2', startedAt: noon - 4 * minute }) }),
  ],
});
/** All sessions, from the first page on. */
export const first = { filter: parseFilter('').filter, page: 0 };
/** Read two minutes ago, without a session. */
export const dev = { ...unread('bastion-dev'), readAt: noon - 2 * minute };

/** A host that was never read. */
export function unread(name: string): HostMemory {
  const { readAt: _, ...memory } = aMemory({ host: aHost({ name }), watches: [] });
  return memory;
}

/** The list as somebody sees it who typed this. */
export function view(
  memories: readonly HostMemory[],
  {
    offer = 'request',
    page = 0,
    typed = '',
  }: { offer?: DisconnectOffer; page?: number; typed?: string } = {},
) {
  const { filter, mistakes } = parseFilter(typed);
  const list = listSessions(memories, { problems: [] }, aPolicy(), { filter, page }, noon);
  return sessionListView(list, { offer, mistakes });
}
