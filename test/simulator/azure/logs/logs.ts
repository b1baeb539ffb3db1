import { randomUUID } from 'node:crypto';
import type { SessionWatch } from '../host.ts';
import type { SessionOrigin, SimulatedSession } from '../session-json.ts';
import type { AuditLog } from './audit-log.ts';
import { auditLog } from './audit-log.ts';
import type { AuditColumnName, AuditRow } from './audit-row.ts';
import type { LogsBehaviour, LogsForm } from './behaviour.ts';
import { logsBehaviour } from './behaviour.ts';
import { bare, endRow, startRow } from './session-rows.ts';

/** The workspace that the audit logs of all hosts go to. */
export interface SimulatedLogs extends Pick<LogsBehaviour, 'behave'> {
  readonly workspaceId: string;
  /** Of the query endpoint, without the version. */
  readonly url: string;
  /** What a bot needs to ask it, beside what it needs for Resource Manager. */
  readonly environment: Readonly<Record<'LOG_ANALYTICS_URL' | 'LOG_ANALYTICS_WORKSPACE_ID', string>>;
  /** How long a row takes until it can be read; holds for rows that are still on their way, too. */
  latenessMs: number;
  /** How far the clock that writes rows, and that `now()` reads, is ahead. */
  clockOffsetMs: number;
  /** Whether the rows of endings name the connection only, not who was on it. */
  endRowsAreBare: boolean;
  /** Of now, unless it says otherwise; late like others unless given. */
  addRow(row: Partial<AuditRow>, latenessMs?: number): void;
  /** All there are, whether they can be read already or not. */
  rows(): readonly Partial<AuditRow>[];
  /** Leaves no row. */
  clear(): void;
  /** The rows of this session can be read at once, however late others are. */
  deliver(sessionId: string): void;
  /** As a transformation of the customer does. */
  dropColumns(...names: readonly AuditColumnName[]): void;
  /** As if no diagnostic setting ever sent a row. */
  removeTable(): void;
  /** The identity may not read this way, or no way at all. */
  forbid(form?: LogsForm): void;
  /** Everything but the rows is as in the beginning. */
  behaveNormally(): void;
}

/** The workspace and what its endpoint works on. */
export interface Workspace {
  readonly logs: SimulatedLogs;
  readonly log: AuditLog;
  readonly behaviour: LogsBehaviour;
  readonly forbidden: ReadonlySet<LogsForm>;
  readonly hasTable: () => boolean;
  readonly now: () => number;
  /** Writes the rows of sessions. */
  readonly watch: SessionWatch;
}

export function workspace(clock: () => number, url: () => string): Workspace {
  const workspaceId = randomUUID();
  const behaviour = logsBehaviour();
  const forbidden = new Set<LogsForm>();
  const offsetMs = () => logs.clockOffsetMs;
  const now = () => clock() + offsetMs();
  const log = auditLog({ now: clock, offsetMs, latenessMs: () => logs.latenessMs });
  let hasTable = true;
  const context = () => ({ workspaceId, offsetMs: offsetMs() });
  const usual = { latenessMs: 0, clockOffsetMs: 0, endRowsAreBare: false };

  const logs: SimulatedLogs = {
    ...usual,
    workspaceId,
    get url() {
      return url();
    },
    get environment() {
      return { LOG_ANALYTICS_WORKSPACE_ID: workspaceId, LOG_ANALYTICS_URL: url() };
    },
    addRow(row, latenessMs) {
      const usually = { TimeGenerated: now(), TenantId: workspaceId, Message: 'Successfully Connected.' };
      log.add(
        { ...usually, ...row },
        { happenedAt: clock(), ...(latenessMs !== undefined && { latenessMs }) },
      );
    },
    rows: () => log.rows(),
    clear: () => log.clear(),
    deliver: (sessionId) => log.deliver(sessionId),
    dropColumns: (...names) => log.drop(names),
    removeTable() {
      hasTable = false;
    },
    forbid(form) {
      for (const each of form ? [form] : (['resource', 'workspace'] as const)) forbidden.add(each);
    },
    behave: (change) => behaviour.behave(change),
    behaveNormally() {
      Object.assign(logs, usual);
      hasTable = true;
      forbidden.clear();
      log.restoreColumns();
      behaviour.behaveNormally();
    },
  };

  const watch: SessionWatch = {
    started(host, session) {
      if (session.origin === 'none') return;
      log.add(startRow(host, session, context()), arrivalOf(session, session.startedAt));
    },
    ended(host, session, endedAt) {
      if (session.origin === 'none') return;
      const row = endRow(host, session, endedAt, context());
      log.add({ ...row, ...(logs.endRowsAreBare && bare) }, arrivalOf(session, endedAt));
    },
  };
  return { logs, log, behaviour, forbidden, hasTable: () => hasTable, now, watch };
}

function arrivalOf({ id, origin }: SimulatedSession, happenedAt: number) {
  const { latenessMs }: SessionOrigin = origin === 'none' ? {} : (origin ?? {});
  return { happenedAt, sessionId: id, ...(latenessMs !== undefined && { latenessMs }) };
}
