import { textField } from '../../../../simulator/slack/json.ts';
import { Boxes } from './boxes.tsx';
import { DateAndTime, Dates } from './dates.tsx';
import type { FieldProps } from './field-props.ts';
import { Select } from './select.tsx';
import { Several } from './several.tsx';
import { TextField } from './text-field.tsx';

/** What one can enter or pick; where nobody asks what was picked, a form reads it. */
export function Field(props: FieldProps) {
  switch (props.element['type']) {
    case 'radio_buttons':
    case 'checkboxes':
      return <Boxes {...props} />;
    case 'multi_static_select':
    case 'multi_users_select':
    case 'multi_channels_select':
    case 'multi_conversations_select':
      return <Several {...props} />;
    case 'static_select':
    case 'users_select':
    case 'channels_select':
    case 'conversations_select':
      return <Select {...props} />;
    case 'datepicker':
      return <Dates {...props} type="date" initial={textField(props.element, 'initial_date')} />;
    case 'timepicker':
      return <Dates {...props} type="time" initial={textField(props.element, 'initial_time')} />;
    case 'datetimepicker':
      return <DateAndTime {...props} />;
    default:
      return <TextField {...props} />;
  }
}
