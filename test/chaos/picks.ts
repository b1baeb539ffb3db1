import { field, listField, textField } from '../simulator/slack/json.ts';
import type { View } from '../simulator/slack/views.ts';

/** The first two boxes of a form, as somebody ticks them: by the label of their group. */
export function firstTwo({ content }: View): Readonly<Record<string, readonly string[]>> | undefined {
  const group = listField(content, 'blocks').find(
    (block) => field(field(block, 'element'), 'type') === 'checkboxes',
  );
  const label = textField(field(group, 'label'), 'text');
  const options = listField(field(group, 'element'), 'options').flatMap(
    (option) => textField(field(option, 'text'), 'text') ?? [],
  );
  return label === undefined || options.length === 0 ? undefined : { [label]: options.slice(0, 2) };
}
