import type { Alert } from '../alerts/alert.ts';
import type { DisconnectRequest } from '../requests/request.ts';
import { sessionCount, sessionsIn } from '../requests/tunnel.ts';
import type { Session } from '../sessions/session.ts';

export interface AuditedSubject {
  readonly session?: Session;
  readonly sessions?: number;
  readonly requestId?: string;
  readonly batchId?: string;
  readonly alertId?: string;
}

export function aboutSessions(sessions: readonly Session[]): AuditedSubject {
  const [session] = sessions;
  return { ...(session && { session }), ...(sessions.length > 1 && { sessions: sessions.length }) };
}

export function aboutAlert(alertId: string, alert: Alert | undefined): AuditedSubject {
  return { alertId, ...(alert && { session: alert.session }) };
}

export function aboutRequest(request: DisconnectRequest): AuditedSubject {
  const { id, batchId, session } = request;
  return {
    requestId: id,
    ...(batchId !== undefined && { batchId }),
    session,
    ...(sessionCount(request) > 1 && { sessions: sessionCount(request) }),
  };
}

export function aboutBatch(batchId: string, members: readonly DisconnectRequest[]): AuditedSubject {
  const [first] = members;
  return { batchId, ...(first && { session: first.session, sessions: sessionsIn(members) }) };
}
