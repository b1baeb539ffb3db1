import { useRef, useState } from 'preact/hooks';
import { useWorkspace } from '../reader.ts';
import { choicesOf, initialOf } from './choices.ts';
import type { FieldProps } from './field-props.ts';
import { Description } from './overflow.tsx';

/** A menu of which one picks several; what was picked is told when it closes. */
export function Several({ element, name, label, onPicked, describedBy, isWrong = false }: FieldProps) {
  const [chosen, setChosen] = useState(initialOf(element));
  const told = useRef(chosen);
  const groups = choicesOf(element, useWorkspace());
  const most = Number(element['max_selected_items'] ?? Infinity);
  const texts = groups
    .flatMap(({ choices }) => choices)
    .filter(({ value }) => chosen.includes(value))
    .map(({ text }) => text);

  const change = (value: string, isOn: boolean) =>
    setChosen(isOn ? [...chosen, value] : chosen.filter((each) => each !== value));
  const tell = () => {
    if (String(told.current) === String(chosen)) return;
    told.current = chosen;
    void onPicked?.(chosen);
  };
  return (
    <details
      class="several"
      onToggle={({ currentTarget }) => {
        if (!currentTarget.open) tell();
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !event.currentTarget.open) return;
        event.currentTarget.open = false;
        event.currentTarget.querySelector('summary')?.focus();
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <summary aria-describedby={describedBy} data-wrong={isWrong}>
        <span class="hidden">{label}: </span>
        {texts.length > 0 ? texts.join(', ') : label}
      </summary>
      <div class="menu" role="group" aria-label={label}>
        {groups.map((group, index) => (
          <div key={index}>
            {group.label !== '' && <strong>{group.label}</strong>}
            {group.choices.map(({ value, text, option }) => (
              <label key={value}>
                <input
                  type="checkbox"
                  name={name}
                  value={value}
                  checked={chosen.includes(value)}
                  disabled={!chosen.includes(value) && chosen.length >= most}
                  onChange={({ currentTarget }) => change(value, currentTarget.checked)}
                />
                <span>
                  {text}
                  <Description option={option} />
                </span>
              </label>
            ))}
          </div>
        ))}
      </div>
    </details>
  );
}
