import { useWorkspace } from '../reader.ts';
import type { Choice } from './choices.ts';
import { choicesOf, initialOf } from './choices.ts';
import type { FieldProps } from './field-props.ts';
import { attributes } from './field-props.ts';

/** A menu of which one picks one; it falls back where the choice is taken back. */
export function Select(props: FieldProps) {
  const { element, name, label, onPicked } = props;
  const groups = choicesOf(element, useWorkspace());
  const [initial = ''] = initialOf(element);
  const pick = async (select: HTMLSelectElement) => {
    const isKept = await onPicked?.(select.value);
    if (isKept === false) select.value = initial;
  };
  return (
    <select {...attributes(props)} name={name} onChange={({ currentTarget }) => void pick(currentTarget)}>
      {initial === '' && (
        <option value="" disabled={onPicked !== undefined} selected>
          {label}
        </option>
      )}
      {groups.map((group, index) =>
        group.label === '' ? (
          <Options key={index} choices={group.choices} initial={initial} />
        ) : (
          <optgroup key={index} label={group.label}>
            <Options choices={group.choices} initial={initial} />
          </optgroup>
        ),
      )}
    </select>
  );
}

function Options({ choices, initial }: { readonly choices: readonly Choice[]; readonly initial: string }) {
  return (
    <>
      {choices.map(({ value, text }) => (
        <option key={value} value={value} selected={value === initial}>
          {text}
        </option>
      ))}
    </>
  );
}
