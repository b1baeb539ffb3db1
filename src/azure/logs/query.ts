import type { Period } from '../../ports/connection-log.ts';

/** A rule at ingestion may drop any column of the table. */
export const noColumn = '(no such column)';

/** A longer answer is refused: it would be cut anywhere. */
export const rowsAtMost = 5000;

/** Column of our answer to column of the table. */
export const told = {
  tunnelIds: 'TunnelId',
  machineIds: 'TargetResourceId',
  machineAddresses: 'TargetVMIPAddress',
  protocols: 'Protocol',
  vmLogins: 'UserName',
  entraUsers: 'UserEmail',
  clientAddresses: 'ClientIpAddress',
  userAgents: 'UserAgent',
} as const;

const longestValue = 400;
/** Rows of one connection may differ; more than two values are as good as two. */
const valuesAtMost = 4;
const binMs = 5 * 60_000;

/** One row a connection: its first and last rows say different things of it, a hostile one anything. https://learn.microsoft.com/azure/azure-monitor/reference/tables/microsoftazurebastionauditlogs */
export function connectionsQuery(hostIds: readonly string[], periods: readonly Period[]): string {
  const columns = Object.entries(told);
  const column = (name: string) => `substring(column_ifexists("${name}", "${noColumn}"), 0, ${longestValue})`;
  return [
    'MicrosoftAzureBastionAuditLogs',
    `| where tolower(_ResourceId) in (${hostIds.map(quoted).join(', ')})`,
    '| where column_ifexists("Message", "") !has "Login Failed"',
    `| extend ${columns.map(([name, inTable]) => `${name} = ${column(inTable)}`).join(', ')}`,
    '| extend seenAt = coalesce(column_ifexists("Time", datetime(null)), TimeGenerated)',
    '| extend startedAt = coalesce(column_ifexists("SessionStartTime", datetime(null)), seenAt)',
    '| extend closedAt = coalesce(todatetime(column_ifexists("SessionEndTime", "")), iff(column_ifexists("Duration", int(null)) > 0, seenAt, datetime(null)))',
    `| extend connection = iff(isempty(tunnelIds) or tunnelIds == "${noColumn}", strcat(tostring(startedAt), machineIds, vmLogins, clientAddresses), tunnelIds)`,
    `| summarize beganAt = min(startedAt), endedAt = max(closedAt), ${columns.map(([name]) => `${name} = make_set(${name}, ${valuesAtMost})`).join(', ')} by hostId = tolower(_ResourceId), connection`,
    `| where bin(beganAt, 5m) in (${binsOf(periods).join(', ')})`,
    `| take ${rowsAtMost + 1}`,
  ].join('\n');
}

/** No row of these periods is older, by a clock that is not far off. */
export function timespanOf(periods: readonly Period[], now: number): string {
  const from = Math.min(...periods.map((period) => period.from)) - binMs;
  const until = Math.max(now, ...periods.map((period) => period.until)) + 3_600_000;
  return `${new Date(from).toISOString()}/${new Date(until).toISOString()}`;
}

function binsOf(periods: readonly Period[]): readonly string[] {
  const bins = new Set<number>();
  for (const { from, until } of periods) {
    for (let bin = Math.floor(from / binMs); bin * binMs <= until; bin += 1) bins.add(bin);
  }
  return [...bins].sort((a, b) => a - b).map((bin) => `datetime(${new Date(bin * binMs).toISOString()})`);
}

/** Ids of hosts come from Azure, but a query is a language. */
function quoted(text: string): string {
  const harmless = text.replace(
    /[^\w\-.()/]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `"${harmless}"`;
}
