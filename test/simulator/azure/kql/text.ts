import { dateText, spanText } from './time.ts';
import type { Type, Value } from './value.ts';

/** As `tostring` writes it; null is the empty string. */
export function textOf(value: Value, type: Type): string {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'number' && type === 'datetime') return dateText(value);
  return typeof value === 'number' && type === 'timespan' ? spanText(value) : String(value);
}
