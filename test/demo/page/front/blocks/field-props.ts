import type { Json } from '../../../../simulator/slack/json.ts';

export interface FieldProps {
  /** Of the control in its form. */
  readonly name: string;
  readonly element: Json;
  readonly label: string;
  /** Where a label of its own stands beside it. */
  readonly id?: string;
  /** Resolves to false where the choice was taken back. */
  readonly onPicked?: ((entered: string | readonly string[]) => Promise<boolean>) | undefined;
  readonly describedBy?: string | undefined;
  readonly isWrong?: boolean;
}

/** The attributes that all have. */
export function attributes({ element, label, id, describedBy, isWrong }: FieldProps) {
  return {
    ...(id === undefined ? { 'aria-label': label } : { id }),
    'aria-describedby': describedBy,
    'aria-invalid': isWrong,
    autofocus: element['focus_on_load'] === true,
  };
}
