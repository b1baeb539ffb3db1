import { ingestionColumn } from '../kql/scope.ts';
import type { Row, Table } from '../kql/value.ts';
import type { AuditColumnName, AuditRow } from './audit-row.ts';
import { auditColumns, cellsOf, resourceId, timeGenerated } from './audit-row.ts';
import type { Timespan } from './timespan.ts';

interface Entry {
  readonly row: Partial<AuditRow>;
  readonly cells: Row;
  /** By the clock of the simulator, not by that of the log. */
  readonly happenedAt: number;
  readonly sessionId: string | undefined;
  /** Its own; that of the log unless given. */
  readonly latenessMs: number | undefined;
  isDelivered: boolean;
}

export interface AuditLog {
  add(row: Partial<AuditRow>, arrival: Arrival): void;
  /** What can be read at the moment. */
  read(scope: { readonly resource?: string; readonly timespan: Timespan }): Table;
  rows(): readonly Partial<AuditRow>[];
  clear(): void;
  deliver(sessionId: string): void;
  drop(columns: readonly AuditColumnName[]): void;
  restoreColumns(): void;
}

export type Arrival = Pick<Entry, 'happenedAt'> & Partial<Pick<Entry, 'latenessMs' | 'sessionId'>>;

/** The log forgets the older half when it is full, so a long demo does not grow. */
const most = 100_000;

export interface LogClock {
  readonly now: () => number;
  readonly latenessMs: () => number;
  readonly offsetMs: () => number;
}

export function auditLog(clock: LogClock): AuditLog {
  let entries: Entry[] = [];
  const dropped = new Set<string>();
  const readableAt = ({ happenedAt, isDelivered, latenessMs = clock.latenessMs() }: Entry) =>
    isDelivered ? happenedAt : happenedAt + latenessMs;

  return {
    add(row, { happenedAt, latenessMs, sessionId }) {
      if (entries.length >= most) entries = entries.slice(most / 2);
      entries.push({ row, cells: cellsOf(row), happenedAt, latenessMs, sessionId, isDelivered: false });
    },
    read({ resource, timespan }) {
      const now = clock.now();
      const found = entries.filter(
        (entry) =>
          readableAt(entry) <= now &&
          isOf(entry.cells[resourceId], resource) &&
          isWithin(entry.cells[timeGenerated], timespan),
      );
      const kept = auditColumns.flatMap((column, index) =>
        dropped.has(column.name) ? [] : [{ column, index }],
      );
      return {
        columns: [...kept.map(({ column }) => column), { name: ingestionColumn, type: 'datetime' }],
        rows: found.map((entry) => [
          ...kept.map(({ index }) => entry.cells[index] ?? null),
          readableAt(entry) + clock.offsetMs(),
        ]),
      };
    },
    rows: () => entries.map(({ row }) => row),
    clear() {
      entries = [];
    },
    deliver(sessionId) {
      for (const entry of entries) entry.isDelivered ||= entry.sessionId === sessionId;
    },
    drop: (columns) => columns.forEach((name) => dropped.add(name)),
    restoreColumns: () => dropped.clear(),
  };
}

/** Of the resource itself or of one that lies in it. */
function isOf(cell: unknown, resource: string | undefined): boolean {
  if (resource === undefined) return true;
  const id = String(cell).toLowerCase();
  return id === resource || id.startsWith(`${resource}/`);
}

function isWithin(cell: unknown, { from, until }: Timespan): boolean {
  return typeof cell === 'number' && cell >= from && cell <= until;
}
