import { field, listField, textField } from '../../simulator/slack/json.ts';

/** What can be pressed: the labels of buttons and of the choices in overflow menus. */
export function controlLabels(blocks: readonly unknown[]): string[] {
  return blocks
    .flatMap((block) => [...listField(block, 'elements'), field(block, 'accessory')])
    .flatMap((element) =>
      field(element, 'type') === 'overflow'
        ? listField(element, 'options')
        : field(element, 'type') === 'button'
          ? [element]
          : [],
    )
    .flatMap((control) => textField(field(control, 'text'), 'text') ?? []);
}
