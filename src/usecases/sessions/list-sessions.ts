import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { ListQuery, SessionList } from '../../domain/sessions/list.ts';
import { listSessions as listPage } from '../../domain/sessions/list.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { readPolling } from '../hosts/read-polling.ts';
import { authorize, checkAccess } from '../people/authorize.ts';

type UsedPorts = Pick<Ports, 'clock' | 'hostStates' | 'hosts' | 'policy'> &
  Needs<typeof authorize> &
  Needs<typeof checkAccess> &
  Needs<typeof readPolling>;

export type ListOutcome =
  | {
      readonly is: 'listed';
      readonly list: SessionList;
      readonly polling: PollingStanding;
      readonly offer: DisconnectPolicy['approval'];
    }
  | { readonly is: 'denied'; readonly denied: AccessDenied };

/** One page from the last readings; nothing is asked of Azure. */
export async function listSessions(
  ports: UsedPorts,
  { by, query }: { readonly by: Person; readonly query: ListQuery },
): Promise<ListOutcome> {
  const access = await authorize(ports, by, { right: 'view' });
  if (!access.allowed) return { is: 'denied', denied: access };
  const { clock, hosts, policy, hostStates } = ports;
  const [states, discovery, polling, mayAsk] = await Promise.all([
    hostStates.all(),
    hosts.lastDiscovery(),
    readPolling(ports),
    checkAccess(ports, by, { right: 'disconnect' }),
  ]);
  return {
    is: 'listed',
    list: listPage({ states, discovery }, query, { policy, now: clock() }),
    polling,
    offer: mayAsk.allowed ? policy.disconnect.approval : 'off',
  };
}
