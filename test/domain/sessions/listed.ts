import { noFilter } from '../../../src/domain/sessions/filter.ts';
import type { HostState } from '../../../src/domain/sessions/host-state.ts';
import { listSessions } from '../../../src/domain/sessions/list.ts';
import {
  aHostState,
  aPolicy,
  aRule,
  aSession,
  aTrackedSession,
  hour,
  minute,
  noon,
} from '../../support/build.ts';

export const policy = aPolicy({ rules: [aRule({ warnAfterMs: hour })] });
export const list = (states: readonly HostState[], page = 0, now = noon) =>
  listSessions({ states, discovery: { problems: [] } }, { filter: noFilter, page }, { policy, now });

export function withSessions(count: number): HostState {
  const trackedSessions = Array.from({ length: count }, (_, index) =>
    aTrackedSession({
      ref: `ref-${String(index).padStart(3, '0')}`,
      session: aSession({ sessionId: `s-${index}`, startedAt: noon - index * minute }),
    }),
  );
  return aHostState({ trackedSessions });
}
