import type { Alert } from '../alerts/alert.ts';
import type { AlertStep } from '../alerts/handling.ts';
import type { UserId } from '../people/person.ts';
import type { Delay, DisconnectRequest, RequestState, WaitingForSlack } from '../requests/request.ts';
import { sessionCount } from '../requests/tunnel.ts';
import { whyUnasked } from '../requests/unasked.ts';
import type { Session } from '../sessions/session.ts';

export const byTheBot = 'bastion-bot';

/** One line of the record: who did what to which session, when and why. Never changed, never deleted before its time. */
export interface AuditEntry {
  readonly at: number;
  /** A Slack user id, or `bastion-bot` for what happens by itself. */
  readonly by: string;
  readonly ids?: readonly UserId[];
  readonly what: string;
  readonly requestId?: string;
  readonly batchId?: string;
  readonly alertId?: string;
  readonly session?: AuditedSession;
  readonly sessions?: number;
  readonly why?: string;
  readonly until?: number;
  /** Of refusals: so many of the same within a minute after one that has an entry of its own; told of is the last. */
  readonly count?: number;
}

export interface AuditedSession {
  readonly hostId: string;
  readonly sessionId: string;
  readonly startedAt: number;
  readonly vm: string;
  readonly vmLogin: string;
}

export function auditedSession(session: Session): AuditedSession {
  const { hostId, sessionId, startedAt, vm, vmLogin, ...rest } = session;
  const { startedAtFrom, protocol, resourceType, clientAddress, origin, ...unheard } = rest;
  unheard satisfies Record<string, never>;
  return { hostId, sessionId, startedAt, vm: vm.name, vmLogin };
}

export function auditOfRequest(request: DisconnectRequest, now: number): AuditEntry {
  const { state } = request;
  const entry = {
    at: now,
    requestId: request.id,
    ...(request.batchId !== undefined && { batchId: request.batchId }),
    session: auditedSession(request.session),
    ...(sessionCount(request) > 1 && { sessions: concerned(request) }),
  };
  switch (state.is) {
    case 'pending':
      return { ...entry, by: request.requester, what: 'disconnect-requested', why: request.reason };
    case 'approved':
      if (state.waiting) return waitingEntry(entry, state.waiting);
      return state.by === undefined
        ? { ...entry, by: request.requester, what: 'disconnect-ordered', why: request.reason }
        : { ...entry, by: state.by, what: 'disconnect-approved' };
    case 'denied':
    case 'cancelled':
      return { ...entry, by: state.by, what: `disconnect-${state.is}` };
    case 'sending':
      if (state.withheld) {
        return { ...entry, by: byTheBot, what: 'disconnect-withheld', why: state.withheld.is };
      }
      return state.again
        ? waitingEntry(entry, state.again)
        : { ...entry, by: byTheBot, what: sendingWhat(state) };
    case 'not-sent':
      return { ...entry, by: byTheBot, what: 'disconnect-not-sent', why: state.why.is };
    case 'refused':
      return { ...entry, by: byTheBot, what: 'disconnect-refused-by-azure', why: state.failure.kind };
    case 'unproven':
      return { ...entry, by: byTheBot, what: 'disconnect-unproven', why: state.failure.kind };
    case 'gone':
      return state.cameBack
        ? {
            ...entry,
            by: byTheBot,
            what: 'session-came-back',
            session: auditedSession(state.cameBack.session),
          }
        : { ...entry, by: byTheBot, what: 'disconnect-gone' };
    case 'overtaken':
      return { ...entry, by: byTheBot, what: 'disconnect-overtaken', why: state.why.is };
    case 'expired':
    case 'still-there':
      return { ...entry, by: byTheBot, what: `disconnect-${state.is}` };
  }
}

/** How many of several sessions it is about: those that a call names, or on which it had no effect. */
function concerned(request: DisconnectRequest): number {
  const { state } = request;
  const some = state.is === 'sending' ? state.named : state.is === 'still-there' ? state.left : undefined;
  return some ?? sessionCount(request);
}

export function auditOfAsking(request: DisconnectRequest, now: number): AuditEntry {
  const code = whyUnasked(request);
  const { id, batchId, session } = request;
  return {
    at: now,
    by: byTheBot,
    what: code === undefined ? 'approvers-asked-late' : 'approvers-not-asked',
    requestId: id,
    ...(batchId !== undefined && { batchId }),
    session: auditedSession(session),
    ...(code !== undefined && { why: code }),
  };
}

function sendingWhat({ calls, waiting }: Extract<RequestState, { is: 'sending' }>): string {
  if (waiting) return 'disconnect-tried-again';
  return calls === 1 ? 'disconnect-sent' : 'disconnect-sent-again';
}

function waitingEntry(entry: Pick<AuditEntry, 'at'>, waiting: Delay | WaitingForSlack): AuditEntry {
  const why = 'failure' in waiting ? waiting.failure.kind : 'right-unknown';
  return { ...entry, by: byTheBot, what: 'disconnect-waiting', why };
}

export function auditOfStep({ id, session }: Alert, step: AlertStep): AuditEntry {
  return {
    at: step.at,
    by: step.did === 'woken' ? byTheBot : step.by,
    what: `alert-${step.did}`,
    alertId: id,
    session: auditedSession(session),
    ...(step.did === 'snoozed' && { why: step.reason, until: step.until }),
  };
}
