import { isQuiet } from '../../domain/hosts/azure-failure.ts';
import type { DiscoveryProblem } from '../../domain/hosts/host.ts';
import type { HostLine } from '../../domain/sessions/list.ts';
import { azureFailureCause } from '../../wording/azure-failure.ts';
import { counted } from '../../wording/counted.ts';
import { inert } from '../../wording/foreign.ts';
import { ago, at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';

export function isUnread(host: HostLine): boolean {
  const { failing, isStale, readAt } = host;
  return !isUnlisted(host) && (failing !== undefined || isStale || readAt === undefined);
}

/** Azure lists nothing of it, by its nature. */
export function isUnlisted({ failing }: HostLine): boolean {
  return failing !== undefined && isQuiet(failing.failure);
}

/** Every host that is not read, by name and with the reason, as far as there is room for names. */
export function unreadHosts(
  hosts: readonly HostLine[],
  atMost: number,
  nameAtMost: number,
): readonly Words[] {
  const namesOf = (some: readonly HostLine[]) => some.map(({ name }) => inert(name, nameAtMost));
  const unread = hosts.filter(isUnread);
  const silent = unread.flatMap((host) => {
    const silence = silenceOf(host);
    return silence ? [words`${inert(host.name, nameAtMost)} ${silence}`] : [];
  });
  const waiting = namesOf(unread.filter((host) => !silenceOf(host)));
  const unlisted = namesOf(hosts.filter(isUnlisted));
  return [
    ...cutAfter(atMost, silent, ['host', 'not read']),
    ...(waiting.length > 0 ? [words`Not read yet: ${listed(waiting, atMost)}`] : []),
    ...(unlisted.length > 0
      ? [words`Azure lists no sessions for such hosts: ${listed(unlisted, atMost)}`]
      : []),
  ];
}

/** Since when the host is not read, why as far as it is known, and how old what is shown of it is; undefined where it is read, or was never tried. */
export function silenceOf({
  failing,
  isStale,
  provisioningState,
  readAt,
}: Omit<HostLine, 'name' | 'sessions'>): Words | undefined {
  if (!failing) {
    return isStale && readAt !== undefined ? words`not read since ${at(readAt)}, ${ago(readAt)}` : undefined;
  }
  const trouble =
    provisioningState === undefined
      ? []
      : words`; Azure says that the host is ${inert(provisioningState, stateLength)}`;
  const age = isStale && readAt !== undefined ? words`; last read ${ago(readAt)}` : [];
  return words`not read since ${at(failing.since)}: ${azureFailureCause(failing.failure)}${trouble}${age}`;
}

const stateLength = 20;

export function searchProblems(
  problems: readonly DiscoveryProblem[],
  atMost: number,
  nameAtMost: number,
): readonly Words[] {
  const all = problems.map(
    ({ scope, failure }) =>
      words`${inert(scope, nameAtMost)} could not be searched for hosts: ${azureFailureCause(failure)}`,
  );
  return cutAfter(atMost, all, ['place', 'could not be searched']);
}

/** Of those for which there is no room, how many they are. */
function cutAfter(
  atMost: number,
  all: readonly Words[],
  [what, how]: readonly [what: string, how: string],
): readonly Words[] {
  if (all.length <= atMost) return all;
  const more = counted(all.length - atMost, what);
  return [...all.slice(0, atMost), atMost === 0 ? words`${more} ${how}` : words`and ${more} more ${how}`];
}

function listed(names: readonly string[], atMost: number): string {
  const more = names.length - atMost;
  if (atMost === 0) return counted(more, 'host');
  return more > 0
    ? `${names.slice(0, atMost).join(', ')} and ${counted(more, 'host')} more`
    : names.join(', ');
}
