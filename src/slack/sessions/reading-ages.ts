import type { HostLine } from '../../domain/sessions/list.ts';
import { counted } from '../../wording/counted.ts';
import { inert } from '../../wording/foreign.ts';
import { duration } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';
import { isUnlisted, isUnread } from './host-lines.ts';

const togetherMs = 10_000;

/** How old what is shown is, as the end of a sentence: that of the oldest by name, and what the others are at most. */
export function readingAges(hosts: readonly HostLine[], now: number, nameAtMost: number): Words {
  const read = hosts
    .flatMap((host) =>
      host.readAt === undefined || isUnread(host) || isUnlisted(host)
        ? []
        : [{ name: host.name, readAt: host.readAt }],
    )
    .sort((a, b) => a.readAt - b.readAt);
  const [oldest, ...others] = read;
  if (!oldest) return [];
  const ageOf = ({ readAt }: (typeof read)[number]) => `${duration(Math.max(0, now - readAt))} ago`;
  const [next = oldest] = others;
  if (ageOf(read.at(-1) ?? oldest) === ageOf(oldest)) return words`, read ${ageOf(oldest)}`;
  if (next.readAt - oldest.readAt <= togetherMs) return words`, read at most ${ageOf(oldest)}`;
  const rest = counted(others.length, 'other host');
  return words`: ${inert(oldest.name, nameAtMost)} read ${ageOf(oldest)}, ${rest} at most ${ageOf(next)}`;
}
