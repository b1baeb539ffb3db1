import { shortDateText, spanText } from '../kql/time.ts';
import type { Table, Type, Value } from '../kql/value.ts';

/** As the API writes a table: times as text, and dynamic values as the text of their JSON. */
export function tableJson({ columns, rows }: Table): unknown {
  return {
    name: 'PrimaryResult',
    columns,
    rows: rows.map((row) => row.map((cell, index) => cellJson(cell, columns[index]?.type ?? 'string'))),
  };
}

function cellJson(cell: Value, type: Type): Value {
  if (cell === null) return null;
  if (type === 'dynamic') return typeof cell === 'string' ? cell : JSON.stringify(cell);
  if (typeof cell !== 'number') return cell;
  return type === 'datetime' ? shortDateText(cell) : type === 'timespan' ? spanText(cell) : cell;
}
