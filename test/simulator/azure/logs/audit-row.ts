import type { Column, Row, Value } from '../kql/value.ts';
import { nullOf } from '../kql/value.ts';
import { readDate } from '../kql/time.ts';

export const auditTable = 'MicrosoftAzureBastionAuditLogs';

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/microsoftazurebastionauditlogs */
export const auditColumns = [
  { name: 'TenantId', type: 'string' },
  { name: 'TimeGenerated', type: 'datetime' },
  { name: 'Time', type: 'datetime' },
  { name: 'OperationName', type: 'string' },
  { name: 'Location', type: 'string' },
  { name: 'UserAgent', type: 'string' },
  { name: 'UserName', type: 'string' },
  { name: 'UserEmail', type: 'string' },
  { name: 'ClientIpAddress', type: 'string' },
  { name: 'ClientPort', type: 'int' },
  { name: 'Protocol', type: 'string' },
  { name: 'TargetResourceId', type: 'string' },
  { name: 'TargetVMIPAddress', type: 'string' },
  { name: 'ResourceType', type: 'string' },
  { name: 'Message', type: 'string' },
  { name: 'TunnelId', type: 'string' },
  { name: 'SessionStartTime', type: 'datetime' },
  { name: 'SessionEndTime', type: 'string' },
  { name: 'Duration', type: 'int' },
  { name: 'SourceSystem', type: 'string' },
  { name: 'Type', type: 'string' },
  { name: '_ResourceId', type: 'string' },
  { name: '_SubscriptionId', type: 'string' },
  { name: '_BilledSize', type: 'real' },
  { name: '_IsBillable', type: 'string' },
] as const satisfies readonly Column[];

type AuditColumn = (typeof auditColumns)[number];
export type AuditColumnName = AuditColumn['name'];

/** A datetime may be given as Date, as milliseconds or as text; text that is no date becomes null. */
export type AuditRow = {
  readonly [Each in AuditColumn as Each['name']]: Each['type'] extends 'string'
    ? string
    : Each['type'] extends 'datetime'
      ? Date | number | string | null
      : number | null;
};

export function cellsOf(row: Partial<AuditRow>): Row {
  return auditColumns.map(({ name, type }) => {
    const value = row[name] ?? nullOf(type);
    return type === 'datetime' ? instantOf(value) : value instanceof Date ? null : value;
  });
}

function instantOf(value: Date | Value): Value {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'string' ? (readDate(value) ?? null) : value;
}

/** The columns that the rest of the simulator looks at. */
export const timeGenerated = auditColumns.findIndex(({ name }) => name === 'TimeGenerated');
export const resourceId = auditColumns.findIndex(({ name }) => name === '_ResourceId');
