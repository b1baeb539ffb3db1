import { useRef } from 'preact/hooks';
import { field } from '../../../../simulator/slack/json.ts';
import { useWorkspace } from '../reader.ts';
import { choicesOf, initialOf } from './choices.ts';
import type { FieldProps } from './field-props.ts';
import { TextObject } from './text.tsx';

/** Radio buttons and checkboxes. */
export function Boxes(props: FieldProps) {
  const { element, name, label, onPicked, describedBy } = props;
  const group = useRef<HTMLDivElement>(null);
  const initial = initialOf(element);
  const isRadio = element['type'] === 'radio_buttons';
  const picked = () => {
    const boxes = [...(group.current?.querySelectorAll('input') ?? [])];
    const values = boxes.filter(({ checked }) => checked).map(({ value }) => value);
    void onPicked?.(isRadio ? (values[0] ?? '') : values);
  };
  return (
    <div
      ref={group}
      class="boxes"
      role={isRadio ? 'radiogroup' : 'group'}
      aria-label={label}
      aria-describedby={describedBy}
    >
      {choicesOf(element, useWorkspace())
        .flatMap(({ choices }) => choices)
        .map(({ value, option }) => (
          <label key={value}>
            <input
              type={isRadio ? 'radio' : 'checkbox'}
              name={name}
              value={value}
              defaultChecked={initial.includes(value)}
              onChange={onPicked && picked}
            />
            <span>
              <TextObject object={field(option, 'text')} />
              {field(option, 'description') !== undefined && (
                <small>
                  <TextObject object={field(option, 'description')} />
                </small>
              )}
            </span>
          </label>
        ))}
    </div>
  );
}
