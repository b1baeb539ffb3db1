import type { Json } from '../../../../simulator/slack/json.ts';
import { field, listField, textField } from '../../../../simulator/slack/json.ts';
import type { ShownWorkspace } from '../../shown.ts';
import { called } from '../reader.ts';
import { plain } from './text.tsx';

/** One of what a menu offers; `value` is how the simulator knows it. */
export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly option?: unknown;
}

export interface ChoiceGroup {
  /** Empty where there are no groups. */
  readonly label: string;
  readonly choices: readonly Choice[];
}

export function choicesOf(element: Json, { people, channels }: ShownWorkspace): readonly ChoiceGroup[] {
  const type = String(element['type']);
  if (type.includes('users')) {
    return [{ label: '', choices: people.map(({ id, name }) => ({ value: id, text: called(name) })) }];
  }
  if (/channels|conversations/.test(type)) {
    const open = channels.filter(({ kind }) => kind !== 'direct');
    return [{ label: '', choices: open.map(({ id, name }) => ({ value: id, text: `#${name}` })) }];
  }
  const groups = listField(element, 'option_groups');
  if (groups.length === 0) return [{ label: '', choices: optionsOf(element) }];
  return groups.map((group) => ({
    label: textField(field(group, 'label'), 'text') ?? '',
    choices: optionsOf(group),
  }));
}

/** What is chosen before anybody chooses. */
export function initialOf(element: Json): readonly string[] {
  const one = ['option', 'user', 'channel', 'conversation'].map((name) => element[`initial_${name}`]);
  const several = ['options', 'users', 'channels', 'conversations'].flatMap((name) =>
    listField(element, `initial_${name}`),
  );
  return [...one, ...several]
    .filter((each) => each !== undefined)
    .map((each) => (typeof each === 'string' ? each : valueOf(each)));
}

function optionsOf(of: unknown): readonly Choice[] {
  return listField(of, 'options').map((option) => ({
    value: valueOf(option),
    text: plain(field(option, 'text')),
    option,
  }));
}

/** Several options may read alike; those of an overflow menu may have no value. */
export function valueOf(option: unknown): string {
  return textField(option, 'value') ?? plain(field(option, 'text'));
}
