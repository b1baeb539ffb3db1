import { filterFields } from '../domain/sessions/filter.ts';
import type { FilterMistake } from '../domain/sessions/filter-text.ts';
import { counted } from './counted.ts';
import { inert } from './foreign.ts';
import type { Words } from './words.ts';
import { code, words } from './words.ts';

const partLength = 40;

export function mistakeLines(mistakes: readonly FilterMistake[], atMost: number): readonly Words[] {
  return firstOf(
    mistakes,
    atMost,
    (mistake) => words`Left out: ${code(inert(mistake.typed, partLength))}. ${advice(mistake)}`,
  );
}

export function firstOf(
  mistakes: readonly FilterMistake[],
  atMost: number,
  lineOf: (mistake: FilterMistake) => Words,
): readonly Words[] {
  const shown = mistakes.slice(0, atMost).map(lineOf);
  const more = mistakes.length - shown.length;
  return more > 0 ? [...shown, words`${counted(more, 'part')} more of it left out.`] : shown;
}

export function advice(mistake: FilterMistake): Words {
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
