import { runQuery } from './azure/kql/run-query.ts';
import type { Table } from './azure/kql/value.ts';

export const now = Date.UTC(2026, 10, 27, 12);
export const minute = 60_000;
const logins: Table = {
  columns: [
    { name: 'Who', type: 'string' },
    { name: 'At', type: 'datetime' },
    { name: 'Tries', type: 'int' },
    { name: 'Text', type: 'string' },
  ],
  rows: [
    ['ann', now - 3 * minute, 3, '2026-11-27T11:57:00Z'],
    ['Bob', now - 8 * minute, null, 'soon'],
    ['ann', null, 5, ''],
  ],
};

export const run = (query: string) => runQuery(query, { Logins: logins }, now);
export const rows = (query: string) => run(`Logins ${query}`).rows;
