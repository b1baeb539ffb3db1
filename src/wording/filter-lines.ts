import { textPattern } from '../domain/kit/glob.ts';
import type { SessionFilter } from '../domain/sessions/filter.ts';
import { isNarrow } from '../domain/sessions/filter.ts';
import type { FilterMistake } from '../domain/sessions/filter-text.ts';
import { filterText } from '../domain/sessions/filter-text.ts';
import { counted } from './counted.ts';
import type { Word, Words } from './words.ts';
import { code, words } from './words.ts';
import { advice, firstOf, mistakeLines } from './filter-mistakes.ts';

interface Asked {
  readonly filter: SessionFilter;
  readonly mistakes: readonly FilterMistake[];
  readonly matching: number;
  readonly sessions: number;
}

export function filterLines(
  { filter, matching, sessions, mistakes }: Asked,
  atMost: number,
): readonly Words[] {
  const typed = filterCode(filter);
  const shown =
    matching === 0
      ? [words`None of ${counted(sessions, 'session')} fits ${typed}`, ...filterHints(filter)]
      : [words`${matching} of ${counted(sessions, 'session')}: ${typed}`];
  return [...(isNarrow(filter) ? shown : []), ...mistakeLines(mistakes, atMost)];
}

export function filterCode(filter: SessionFilter): Word {
  return code(filterText({ ...filter, groupByHost: false, sort: undefined }));
}

/** Why it finds nothing, where no session could fit it. */
export function filterHints({ fields }: SessionFilter): readonly Words[] {
  const isKnown = (pattern: string) => ['rdp', 'ssh'].some(textPattern(pattern));
  const hasNone = fields.protocol.length > 0 && !fields.protocol.some(isKnown);
  return hasNone ? [words`The protocols of Azure Bastion are ${code('rdp')} and ${code('ssh')}.`] : [];
}

/** The same as sentences without what was typed: it may be an address or an e-mail, and lock screens show them. */
export function filterSentences(
  { filter, matching, sessions, mistakes }: Asked,
  atMost: number,
): readonly Words[] {
  const shown =
    matching === 0
      ? words`None of ${counted(sessions, 'session')} fits the filter.`
      : words`${matching} of ${counted(sessions, 'session')} ${matching === 1 ? 'fits' : 'fit'} the filter.`;
  return [
    ...(isNarrow(filter) ? [shown] : []),
    ...firstOf(mistakes, atMost, (mistake) => words`A part of it was left out. ${advice(mistake)}`),
  ];
}
