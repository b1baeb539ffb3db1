import type { RichTextBlock } from '@slack/types';
import type { HomeSights, HostGlance } from '../../domain/home/home.ts';
import { counted } from '../../wording/counted.ts';
import { inert, nameLength } from '../../wording/foreign.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';
import { isUnlisted, isUnread, searchProblems, unreadHosts } from '../sessions/host-lines.ts';
import { noHosts } from '../sessions/list-summary.ts';

const hostsShown = 15;
const unreadShown = 10;
const problemsShown = 5;

export function homeHosts({ hosts, isDiscovered, problems }: HomeSights): RichTextBlock {
  const read = hosts
    .filter((host) => !isUnread(host) && !isUnlisted(host))
    .toSorted((a, b) => b.sessions - a.sessions);
  const rest = read.slice(hostsShown);
  const said = [
    ...(hosts.length === 0 ? [words`${noHosts({ isDiscovered, problems })}.`] : []),
    ...read.slice(0, hostsShown).map(glance),
    ...(rest.length > 0 ? [words`And ${counted(rest.length, 'host')} more with ${sessionsOf(rest)}`] : []),
    ...unreadHosts(hosts, unreadShown, nameLength),
    ...searchProblems(problems, problemsShown, nameLength),
  ];
  return lines(...said);
}

function glance({ name, sessions, overLimit }: HostGlance): Words {
  const over = overLimit > 0 ? words`, ${bold(words`${overLimit} over the limit`)}` : [];
  return words`${inert(name, nameLength)}: ${sessions === 0 ? 'no sessions' : counted(sessions, 'session')}${over}`;
}

function sessionsOf(hosts: readonly HostGlance[]): string {
  const sessions = hosts.reduce((sum, host) => sum + host.sessions, 0);
  return sessions === 0 ? 'no sessions' : counted(sessions, 'session');
}
