import type { SimulatedHost } from '../host.ts';
import { dateText } from '../kql/time.ts';
import type { SessionOrigin, SimulatedSession } from '../session-json.ts';
import { targetIdOf } from '../session-json.ts';
import type { AuditRow } from './audit-row.ts';
import { auditTable } from './audit-row.ts';

export interface RowContext {
  readonly workspaceId: string;
  /** How far the clock that writes the log is ahead. */
  readonly offsetMs: number;
}

/** The row that is written when a session begins. */
export function startRow(host: SimulatedHost, session: SimulatedSession, context: RowContext): AuditRow {
  return rowAt(session.startedAt, host, session, context);
}

/** What Azure writes into `Message` and `OperationName` of this one is not documented. */
export function endRow(
  host: SimulatedHost,
  session: SimulatedSession,
  endedAt: number,
  context: RowContext,
): AuditRow {
  return {
    ...rowAt(endedAt, host, session, context),
    OperationName: 'Microsoft.Network/BastionHost/disconnect',
    Message: 'Successfully Disconnected.',
    SessionEndTime: dateText(endedAt + context.offsetMs),
    Duration: endedAt - session.startedAt,
  };
}

/** An end row that names the connection but not who was on it. */
export const bare: Partial<AuditRow> = {
  ClientIpAddress: '',
  ClientPort: null,
  UserAgent: '',
  UserEmail: '',
  UserName: '',
};

function rowAt(
  at: number,
  host: SimulatedHost,
  session: SimulatedSession,
  { offsetMs, workspaceId }: RowContext,
): AuditRow {
  const { address, id, login, protocol, resourceType, startedAt } = session;
  const origin: SessionOrigin = session.origin === 'none' ? {} : (session.origin ?? {});
  const number = numberOf(id);
  return {
    TenantId: workspaceId,
    TimeGenerated: at + offsetMs,
    Time: at + offsetMs,
    OperationName: 'Microsoft.Network/BastionHost/connect',
    Location: host.location,
    UserAgent: origin.userAgent ?? 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36',
    UserName: login,
    UserEmail: origin.entraUser ?? '',
    ClientIpAddress: origin.clientAddress ?? `203.0.113.${1 + (number % 254)}`,
    ClientPort: 49_152 + number,
    Protocol: protocol,
    TargetResourceId: targetIdOf(session, host).toUpperCase(),
    // With the port at every other one: both were seen.
    TargetVMIPAddress: number % 2 === 0 ? address : `${address}:${protocol === 'ssh' ? 22 : 3389}`,
    ResourceType: resourceType,
    Message: 'Successfully Connected.',
    TunnelId: origin.tunnelId ?? id,
    // With seven digits at every fourth one; less than a millisecond later than Resource Manager has it.
    SessionStartTime: startedAt + offsetMs + (number % 4 === 0 ? number / 4096 : 0),
    SessionEndTime: '',
    Duration: null,
    SourceSystem: 'Azure',
    Type: auditTable,
    _ResourceId: host.id.toLowerCase(),
    _SubscriptionId: host.subscriptionId,
    _BilledSize: 512,
    _IsBillable: 'True',
  };
}

/** The same for the same id: below 4096. */
function numberOf(id: string): number {
  return Buffer.from(id).reduce((number, byte) => (number * 31 + byte) % 4096, 7);
}
