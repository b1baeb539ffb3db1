import type { Json } from '../../../simulator/slack/json.ts';
import { field, isObject, listField, textField } from '../../../simulator/slack/json.ts';
import { initialOf } from './blocks/choices.ts';
import { zonedInstant } from './zoned.ts';

export type Entered = Record<string, string | string[]>;

/** The blocks of a view that ask something. */
export function inputsOf(view: Json): readonly unknown[] {
  return listField(view, 'blocks').filter((block) => field(block, 'type') === 'input');
}

/** What a form holds, by `block_id`; an empty menu says nothing. */
export function enteredIn(
  form: HTMLFormElement | null,
  inputs: readonly unknown[],
  timeZone: string,
): Entered {
  const data = new FormData(form ?? undefined);
  const entries = inputs.flatMap((block): [string, string | string[]][] => {
    const id = textField(block, 'block_id') ?? '';
    const type = String(field(field(block, 'element'), 'type'));
    const values = data.getAll(id).map(String);
    const [first = ''] = values;
    if (type.startsWith('multi_') || type === 'checkboxes') return [[id, values]];
    if (first === '' && !type.endsWith('input')) return [];
    if (type === 'datetimepicker') return [[id, String(zonedInstant(first, timeZone) / 1000)]];
    return [[id, first]];
  });
  return Object.fromEntries(entries);
}

/** What Slack's client says of each that is not filled in. */
export function missingIn(inputs: readonly unknown[], entered: Entered): Record<string, string> {
  const missing = inputs.filter((block) => {
    const value = entered[textField(block, 'block_id') ?? ''];
    const element = field(block, 'element');
    const isChosen = isObject(element) && initialOf(element).length > 0;
    const isEmpty = value === undefined ? !isChosen : value.length === 0;
    return isEmpty && field(block, 'optional') !== true;
  });
  return Object.fromEntries(
    missing.map((block) => [textField(block, 'block_id') ?? '', 'Please complete this required field.']),
  );
}
