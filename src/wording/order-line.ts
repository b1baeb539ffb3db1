import type { SessionFilter, SortOrder } from '../domain/sessions/filter.ts';
import { usualOrder } from '../domain/sessions/filter.ts';

export function orderLine({ sort = usualOrder, groupByHost }: SessionFilter): string {
  return groupByHost ? `By host, ${orderName(sort)}` : capital(orderName(sort));
}

function orderName(sort: SortOrder): string {
  switch (sort) {
    case 'attention':
      return 'over and near the limit first';
    case 'age':
      return 'longest first';
    case 'host':
      return 'by host';
    case 'vm':
      return 'by machine';
    case 'user':
      return 'by login';
  }
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
