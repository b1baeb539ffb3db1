import { textPattern } from '../domain/kit/glob.ts';
import type { SessionFilter, SortOrder } from '../domain/sessions/filter.ts';
import { filterFields, isNarrow, usualOrder } from '../domain/sessions/filter.ts';
import type { FilterMistake } from '../domain/sessions/filter-text.ts';
import { filterText } from '../domain/sessions/filter-text.ts';
import { counted } from './counted.ts';
import { inert } from './foreign.ts';
import type { Word, Words } from './words.ts';
import { code, words } from './words.ts';

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

export function orderLine({ sort = usualOrder, groupByHost }: SessionFilter): string {
  return groupByHost ? `By host, ${orderName(sort)}` : capital(orderName(sort));
}

const partLength = 40;

export function mistakeLines(mistakes: readonly FilterMistake[], atMost: number): readonly Words[] {
  return firstOf(
    mistakes,
    atMost,
    (mistake) => words`Left out: ${code(inert(mistake.typed, partLength))}. ${advice(mistake)}`,
  );
}

function firstOf(
  mistakes: readonly FilterMistake[],
  atMost: number,
  lineOf: (mistake: FilterMistake) => Words,
): readonly Words[] {
  const shown = mistakes.slice(0, atMost).map(lineOf);
  const more = mistakes.length - shown.length;
  return more > 0 ? [...shown, words`${counted(more, 'part')} more of it left out.`] : shown;
}

function advice(mistake: FilterMistake): Words {
  const { nearest } = mistake;
  switch (mistake.is) {
    case 'unknown-key':
      return nearest === undefined
        ? words`The keys are ${filterFields.map((field) => `${field}:`).join(' ')} older: sort: group:; put quotes around what is none.`
        : words`Did you mean ${code(`${nearest}:`)}?`;
    case 'unknown-choice':
      return nearest === undefined
        ? words`It can be ${mistake.choices.join(', ')}.`
        : words`Did you mean ${code(nearest)}?`;
    case 'no-value':
      return words`It is empty.`;
    case 'no-duration':
      return words`A length of time is written ${code('30m')}, ${code('4h')} or ${code('2d')}.`;
    case 'given-twice':
      return words`It was said before, and differently.`;
    case 'too-long':
      return words`The filter is too long to hold it.`;
  }
}

function orderName(sort: SortOrder): string {
  switch (sort) {
    case 'attention':
      return 'over and near the limit first';
    case 'age':
      return 'longest first';
    case 'host':
      return 'by host';
    case 'vm':
      return 'by machine';
    case 'user':
      return 'by login';
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
