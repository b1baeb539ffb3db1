import type { Setback } from '../jobs/setbacks.ts';
import type { Unreadable } from '../ports/unreadable-record.ts';

const setbacksNamed = 5;
/** One failure of what is due is tried again in seconds. */
const newsFrom = 3;

/** What goes wrong in this process, and since when; undefined where nothing does. */
export function troublesOf(all: readonly Setback[]): string | undefined {
  const news = all.filter(
    ({ what, is, times }) => is === 'hanging' || what.startsWith('round ') || times >= newsFrom,
  );
  if (news.length === 0) return undefined;
  const named = news.slice(0, setbacksNamed).map(({ what, is, since, times }) => {
    const how = is === 'hanging' ? 'has not come to its end' : `failed ${times} times in a row`;
    return `${what} ${how} since ${new Date(since).toISOString()}`;
  });
  const more = news.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

const recordsNamed = 5;

/** Keys and references, never what the records hold. */
export function leftAlone(unreadable: readonly Unreadable[]): string {
  const named = unreadable
    .slice(0, recordsNamed)
    .map(({ key, reference }) => `${key} (reference ${reference})`);
  const more = unreadable.length - named.length;
  const left =
    unreadable.length === 1
      ? '1 record cannot be read and is'
      : `${unreadable.length} records cannot be read and are`;
  const rest = more > 0 ? [`${more} more`] : [];
  return `${left} left alone (written by a newer version?): ${[...named, ...rest].join(', ')}`;
}
