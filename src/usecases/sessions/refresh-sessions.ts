import type { Person } from '../../domain/people/person.ts';
import type { ListQuery } from '../../domain/sessions/list.ts';
import type { Needs } from '../needs.ts';
import { readAllHosts } from '../hosts/read-all-hosts.ts';
import { authorize } from '../people/authorize.ts';
import type { ListOutcome } from './list-sessions.ts';
import { listSessions } from './list-sessions.ts';

type UsedPorts = Needs<typeof authorize> & Needs<typeof listSessions> & Needs<typeof readAllHosts>;

export async function refreshSessions(
  ports: UsedPorts,
  { by, query }: { readonly by: Person; readonly query: ListQuery },
): Promise<ListOutcome> {
  const access = await authorize(ports, by, { right: 'view' });
  if (!access.allowed) return { is: 'denied', denied: access };
  await readAllHosts(ports);
  return listSessions(ports, { by, query });
}
