import type { Json } from './json.ts';
import { field, isObject, listField, textField } from './json.ts';

/** What a person enters: by label, `action_id` or `block_id` of the input. Options are named by value or by text. */
export type Entered = Readonly<Record<string, string | readonly string[]>>;

/** `view.state.values` after these were entered. Throws where Slack's client would not let the person submit. */
export function viewValues(view: Json, entered: Entered): Json {
  const values = valuesSoFar(view, entered);
  for (const block of inputsOf(view)) {
    const state = field(field(values, textField(block, 'block_id') ?? ''), actionIdOf(block));
    if (isEmpty(state) && field(block, 'optional') !== true) {
      throw new Error(`"${namesOf(block)[0] ?? ''}" has to be filled in`);
    }
    checkLength(field(block, 'element'), textField(state, 'value'));
  }
  return values;
}

/** The same before the person submits, as a button in the view sends it. */
export function valuesSoFar(view: Json, entered: Entered): Json {
  const inputs = inputsOf(view);
  const known = new Set(inputs.flatMap(namesOf));
  const stray = Object.keys(entered).find((name) => !known.has(name));
  if (stray !== undefined) throw new Error(`the modal asks for no "${stray}"`);
  return Object.fromEntries(
    inputs.map((block) => {
      const element = field(block, 'element');
      const name = namesOf(block).find((each) => entered[each] !== undefined);
      const state = stateOf(element, name === undefined ? undefined : entered[name]);
      return [textField(block, 'block_id') ?? '', { [actionIdOf(block)]: state }];
    }),
  );
}

function inputsOf(view: Json): unknown[] {
  return listField(view, 'blocks').filter((block) => field(block, 'type') === 'input');
}

function actionIdOf(block: unknown): string {
  return textField(field(block, 'element'), 'action_id') ?? '';
}

function namesOf(block: unknown): string[] {
  return [
    textField(field(block, 'label'), 'text'),
    textField(field(block, 'element'), 'action_id'),
    textField(block, 'block_id'),
  ].filter((name) => name !== undefined);
}

/** What the element says of itself after this was entered in it. */
export function stateOf(element: unknown, entered: string | readonly string[] | undefined): Json {
  const type = textField(element, 'type') ?? '';
  const texts = entered === undefined ? undefined : [entered].flat();
  const options = () => texts?.map((text) => optionNamed(element, text));
  const single = texts?.[0];
  switch (type) {
    case 'overflow':
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: options()?.[0] ?? field(element, 'initial_option') ?? null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: options() ?? listField(element, 'initial_options') };
    case 'users_select':
      return { type, selected_user: single ?? field(element, 'initial_user') ?? null };
    case 'multi_users_select':
      return { type, selected_users: texts ?? listField(element, 'initial_users') };
    case 'channels_select':
      return { type, selected_channel: single ?? field(element, 'initial_channel') ?? null };
    case 'multi_channels_select':
      return { type, selected_channels: texts ?? listField(element, 'initial_channels') };
    case 'conversations_select':
      return { type, selected_conversation: single ?? field(element, 'initial_conversation') ?? null };
    case 'multi_conversations_select':
      return { type, selected_conversations: texts ?? listField(element, 'initial_conversations') };
    case 'datetimepicker':
      return {
        type,
        selected_date_time:
          single === undefined ? (field(element, 'initial_date_time') ?? null) : Number(single),
      };
    case 'datepicker':
      return { type, selected_date: single ?? field(element, 'initial_date') ?? null };
    case 'timepicker':
      return { type, selected_time: single ?? field(element, 'initial_time') ?? null };
    default:
      return { type, value: single ?? field(element, 'initial_value') ?? null };
  }
}

/** By its value first: several may read alike. */
function optionNamed(element: unknown, text: string): unknown {
  const options = [
    ...listField(element, 'options'),
    ...listField(element, 'option_groups').flatMap((group) => listField(group, 'options')),
  ];
  const found =
    options.find((option) => textField(option, 'value') === text) ??
    options.find((option) => textField(field(option, 'text'), 'text') === text);
  if (found === undefined) throw new Error(`there is no option "${text}"`);
  return found;
}

function isEmpty(state: unknown): boolean {
  const { type: _, ...values } = isObject(state) ? state : {};
  return Object.values(values).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  );
}

function checkLength(element: unknown, value: string | undefined): void {
  const longest = Number(field(element, 'max_length') ?? Infinity);
  const shortest = Number(field(element, 'min_length') ?? 0);
  const length = value?.length ?? shortest;
  if (length > longest || length < shortest) throw new Error('too long or too short for this input');
}
