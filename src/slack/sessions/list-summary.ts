import type { SessionList } from '../../domain/sessions/list.ts';
import { azureFailureCause } from '../../wording/azure-failure.ts';
import { counted } from '../../wording/counted.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';
import { isUnlisted, isUnread } from './host-lines.ts';

/** Why there is nothing to show, without a full stop. */
export function noHosts({ isDiscovered, problems }: Pick<SessionList, 'isDiscovered' | 'problems'>): Words {
  const [problem] = problems;
  if (!isDiscovered) return words`No Bastion host is known yet: the first search is not over`;
  return problem
    ? words`No Bastion host is known yet, and the search goes on: ${azureFailureCause(problem.failure)}`
    : words`No Bastion host was found in what the bot may read`;
}

/** Without a full stop. Says "no sessions" only of hosts that answered. */
export function listSummary({ sessions, overLimit, isDiscovered, problems, ...list }: SessionList): Words {
  const hosts = list.hosts.filter((host) => !isUnlisted(host));
  const unread = hosts.filter(isUnread).length;
  if (list.hosts.length === 0) {
    return noHosts({ isDiscovered, problems });
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
