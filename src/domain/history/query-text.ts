import type { FilterMistake } from '../sessions/filter-text.ts';
import { durationOf, durationText, filterText, parseFilter } from '../sessions/filter-text.ts';
import type { HistoryQuery } from './list.ts';

const usualMs = 7 * 86_400_000;
const sinceKey = /(?<=^|\s)since[:=]\s*([^\s,]+)/giu;

/** Reads what was typed after `history`: the words and filters of a list of sessions, and `since:7d`. */
export function parseHistory(
  text: string,
): Pick<HistoryQuery, 'filter' | 'sinceMs'> & { readonly mistakes: readonly FilterMistake[] } {
  const spans = [...text.matchAll(sinceKey)].map(([typed, value = '']) => ({ typed, ms: durationOf(value) }));
  const { filter, mistakes } = parseFilter(text.replaceAll(sinceKey, ' '));
  const [first, ...others] = spans.filter(({ ms }) => ms !== undefined && ms > 0);
  const unread = spans.filter(({ ms }) => ms === undefined || ms === 0);
  return {
    filter,
    sinceMs: first?.ms ?? usualMs,
    mistakes: [
      ...mistakes,
      ...unread.map(({ typed }) => ({ is: 'no-duration', typed }) as const),
      ...others
        .filter(({ ms }) => ms !== first?.ms)
        .map(({ typed }) => ({ is: 'given-twice', typed }) as const),
    ],
  };
}

/** The same as it can be typed; read again, it is the same. */
export function historyText({ filter, sinceMs }: Pick<HistoryQuery, 'filter' | 'sinceMs'>): string {
  return `since:${durationText(sinceMs)} ${filterText(filter)}`.trimEnd();
}
