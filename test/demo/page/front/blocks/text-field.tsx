import { textField } from '../../../../simulator/slack/json.ts';
import type { FieldProps } from './field-props.ts';
import { attributes } from './field-props.ts';
import { plain } from './text.tsx';

/** What a phone's keyboard should offer; whether it is right is for the app to say. */
const modes: Readonly<Record<string, 'email' | 'url' | 'decimal'>> = {
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'decimal',
};

export function TextField(props: FieldProps) {
  const { element, name, onPicked } = props;
  const common = {
    ...attributes(props),
    name,
    placeholder: plain(element['placeholder']),
    defaultValue: textField(element, 'initial_value') ?? '',
    ...(typeof element['max_length'] === 'number' && { maxLength: element['max_length'] }),
  };
  if (element['multiline'] === true) return <textarea {...common} rows={4} />;
  return (
    <input
      {...common}
      type="text"
      inputMode={modes[String(element['type'])] ?? 'text'}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !onPicked) return;
        event.preventDefault();
        void onPicked(event.currentTarget.value);
      }}
    />
  );
}
