import type { PastSession } from '../../domain/history/past-session.ts';
import type { Cut } from '../../domain/kit/cut.ts';
import { pastEnding } from '../../wording/past-ending.ts';
import { lasted } from '../../wording/session-facts.ts';
import { at } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';

/** When this login was on this machine before, the latest first. */
export function earlierLines({ shown, count }: Cut<PastSession>): readonly Words[] {
  const title = bold(words`Earlier sessions of this login on this machine: `);
  if (count === 0) return [[...title, ...words`none known`]];
  const more = count - shown.length;
  return [
    title,
    ...shown.map((past) => words`${at(past.session.startedAt)}, ${lasted(past)}, ${pastEnding(past)}`),
    ...(more > 0 ? [words`and ${more} more`] : []),
  ];
}
