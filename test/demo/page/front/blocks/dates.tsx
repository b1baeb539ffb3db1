import { useReader } from '../reader.ts';
import { zonedInstant, zonedText } from '../zoned.ts';
import type { FieldProps } from './field-props.ts';
import { attributes } from './field-props.ts';

interface DatesProps extends FieldProps {
  readonly type: 'date' | 'time' | 'datetime-local';
  readonly initial: string | undefined;
}

export function Dates({ type, initial, ...props }: DatesProps) {
  return (
    <input
      {...attributes(props)}
      type={type}
      name={props.name}
      defaultValue={initial ?? ''}
      onChange={({ currentTarget: { value } }) => {
        if (value !== '') void props.onPicked?.(value);
      }}
    />
  );
}

/** In the zone of whoever looks, wherever their browser believes they are. */
export function DateAndTime(props: FieldProps) {
  const { timeZone } = useReader();
  const initial = props.element['initial_date_time'];
  const { onPicked } = props;
  return (
    <Dates
      {...props}
      type="datetime-local"
      initial={typeof initial === 'number' ? zonedText(initial * 1000, timeZone) : undefined}
      onPicked={onPicked && ((value) => onPicked(String(zonedInstant(String(value), timeZone) / 1000)))}
    />
  );
}
