import type { SessionList } from '../../domain/sessions/list.ts';
import { counted } from '../../wording/counted.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';
import { isUnread } from './host-lines.ts';

/** Without a full stop. Says "no sessions" only of hosts that answered. */
export function listSummary({ sessions, overLimit, hosts, isDiscovered, problems }: SessionList): Words {
  const unread = hosts.filter(isUnread).length;
  if (hosts.length === 0) {
    if (!isDiscovered) return words`No Bastion host is known yet: the first search is not over`;
    return problems.length > 0
      ? words`No Bastion host was found, but not everything could be searched`
      : words`No Bastion host was found in what the bot may read`;
  }
  if (sessions === 0) {
    if (unread === 0) return words`No sessions on ${counted(hosts.length, 'host')}`;
    return unread === hosts.length
      ? words`Nothing is known of sessions: ${counted(unread, 'host')}, none of them read`
      : words`No sessions on ${counted(hosts.length - unread, 'host')}; ${counted(unread, 'host')} not read`;
  }
  const busy = hosts.filter((host) => host.sessions > 0).length;
  const over = overLimit > 0 ? words`, ${overLimit} over the limit` : [];
  const notRead = unread > 0 ? words`; ${unread} of ${counted(hosts.length, 'host')} not read` : [];
  return words`${counted(sessions, 'session')} on ${counted(busy, 'host')}${over}${notRead}`;
}
