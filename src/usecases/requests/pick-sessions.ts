import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { SessionPick } from '../../domain/requests/pick.ts';
import { listPicks } from '../../domain/requests/pick.ts';
import type { ListQuery } from '../../domain/sessions/list.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { readAllHosts } from '../hosts/read-all-hosts.ts';
import { readPolling } from '../hosts/read-polling.ts';
import { authorize, checkAccess } from '../people/authorize.ts';

type UsedPorts = Pick<Ports, 'clock' | 'hostStates' | 'policy'> &
  Needs<typeof authorize> &
  Needs<typeof checkAccess> &
  Needs<typeof readAllHosts> &
  Needs<typeof readPolling>;

export type PickOutcome =
  | { readonly is: 'offered'; readonly pick: SessionPick; readonly polling: PollingStanding }
  | { readonly is: 'switched-off' }
  | { readonly is: 'denied'; readonly denied: AccessDenied };

export interface PickWish {
  readonly by: Person;
  readonly query: ListQuery;
  readonly picked: readonly string[];
}

export async function pickSessions(ports: UsedPorts, { by, query, picked }: PickWish): Promise<PickOutcome> {
  for (const right of ['view', 'disconnect'] as const) {
    const access = await authorize(ports, by, { right });
    if (!access.allowed) return { is: 'denied', denied: access };
  }
  const { clock, policy, hostStates } = ports;
  if (policy.disconnect.approval === 'off') return { is: 'switched-off' };
  const [states, polling] = await Promise.all([hostStates.all(), readPolling(ports)]);
  return {
    is: 'offered',
    pick: listPicks(states, { query, pickedRefs: picked }, { policy, now: clock() }),
    polling,
  };
}

export async function refreshPick(ports: UsedPorts, wish: PickWish): Promise<PickOutcome> {
  const access = await checkAccess(ports, wish.by, { right: 'view' });
  if (access.allowed) await readAllHosts(ports);
  return pickSessions(ports, wish);
}
