import { typed } from '../kit/typed.ts';
import { sortOrders } from '../sessions/filter.ts';
import type { FilterMistake, ParsedFilter } from '../sessions/filter-text.ts';
import { durationOf, durationText } from '../kit/duration-text.ts';
import { filterText, parseFilter, readableOf } from '../sessions/filter-text.ts';
import type { HistoryQuery } from './list.ts';

const usualMs = 7 * 86_400_000;
const sinceKey = /(?:^|\s)since[:=]\s*([^\s,]+)/giu;

/** Reads what was typed after `history`: the words and filters of a list of sessions, and `since:7d`. */
export function parseHistory(
  text: string,
): Pick<HistoryQuery, 'filter' | 'sinceMs'> & { readonly mistakes: readonly FilterMistake[] } {
  const { read, mistakes: unread } = readableOf(text);
  const plain = typed(read);
  const spans = [...plain.matchAll(sinceKey)].map(([said, value = '']) => ({
    typed: said.trim(),
    ms: durationOf(value),
  }));
  const parsed = parseFilter(plain.replaceAll(sinceKey, ' '));
  const { filter, mistakes } = withoutAttention(parsed);
  const [first, ...others] = spans.filter(({ ms }) => ms !== undefined && ms > 0);
  const wrong = spans.filter(({ ms }) => ms === undefined || ms === 0);
  return {
    filter,
    sinceMs: first?.ms ?? usualMs,
    mistakes: [
      ...mistakes,
      ...wrong.map((span) => ({ is: 'no-duration', typed: span.typed }) as const),
      ...others
        .filter(({ ms }) => ms !== first?.ms)
        .map((span) => ({ is: 'given-twice', typed: span.typed }) as const),
      ...unread,
    ],
  };
}

/** Nothing that is over needs attention. */
function withoutAttention({ filter, mistakes }: ParsedFilter): ParsedFilter {
  if (filter.sort !== 'attention') return { filter, mistakes };
  const choices = sortOrders.filter((order) => order !== 'attention');
  return {
    filter: { ...filter, sort: undefined },
    mistakes: [...mistakes, { is: 'unknown-choice', typed: 'sort:attention', choices }],
  };
}

/** The same as it can be typed; read again, it is the same. */
export function historyText({ filter, sinceMs }: Pick<HistoryQuery, 'filter' | 'sinceMs'>): string {
  return `since:${durationText(sinceMs)} ${filterText(filter)}`.trimEnd();
}
