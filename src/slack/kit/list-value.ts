import { filterText, parseFilter } from '../../domain/sessions/filter-text.ts';
import type { ListQuery } from '../../domain/sessions/list.ts';

export function listValue({ page, filter }: ListQuery): string {
  return `${page} ${filterText(filter)}`.trimEnd();
}

/** Reads what came back; anybody can send anything, and what is not understood is left out. */
export function readListValue(value: string): ListQuery {
  const [, digits = '0', text = ''] = /^(\d{1,9})? ?(.*)$/su.exec(value) ?? [];
  return { page: Number(digits), filter: parseFilter(text).filter };
}
