import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { PastSession } from '../../src/domain/history/past-session.ts';
import type { BastionHost } from '../../src/domain/hosts/host.ts';
import { hostIdOf } from '../../src/domain/hosts/host.ts';
import type { Connection } from '../../src/domain/origins/connection.ts';
import type { Policy, Rule } from '../../src/domain/policy/policy.ts';
import type { Batch } from '../../src/domain/requests/batch.ts';
import type { DisconnectRequest } from '../../src/domain/requests/request.ts';
import type { HostState, TrackedSession } from '../../src/domain/sessions/host-state.ts';
import type { Session } from '../../src/domain/sessions/session.ts';

/** When the built world stands: 2026-11-23 12:00:00 UTC. */
export const noon = Date.UTC(2026, 10, 23, 12);
export const minute = 60_000;
export const hour = 60 * minute;

export function aHost(overrides: Partial<BastionHost> = {}): BastionHost {
  const { name = 'bastion-prod', resourceGroup = 'rg-prod' } = overrides;
  const subscriptionId = overrides.subscriptionId ?? '00000000-0000-0000-0000-000000000001';
  return {
    id: hostIdOf(
      `/subscriptions/${subscriptionId}/resourceGroups/${resourceGroup}/providers/Microsoft.Network/bastionHosts/${name}`,
    ),
    name,
    resourceGroup,
    subscriptionId,
    location: 'westeurope',
    provisioningState: 'Succeeded',
    ...overrides,
  };
}

/** Open for an hour at noon. */
export function aSession(overrides: Partial<Session> = {}): Session {
  return {
    hostId: aHost().id,
    sessionId: 'session-1',
    startedAt: noon - hour,
    startedAtFrom: 'given',
    vm: { name: 'vm-web-1' },
    vmLogin: 'azureuser',
    protocol: 'ssh',
    ...overrides,
  };
}

export function aTrackedSession(overrides: Partial<TrackedSession> = {}): TrackedSession {
  return { ref: 'ref-1', session: aSession(), ...overrides };
}

/** Read at noon, with one open session. */
export function aHostState(overrides: Partial<HostState> = {}): HostState {
  return {
    host: aHost(),
    version: 1,
    lastCounter: 1,
    triedAt: noon,
    readAt: noon,
    trackedSessions: [aTrackedSession()],
    lost: [],
    ...overrides,
  };
}

/** Raised at noon for the session of `aSession`. */
export function anAlert(overrides: Partial<Alert> = {}): Alert {
  const session = overrides.session ?? aSession();
  return {
    id: 'alert-1',
    version: 0,
    ref: 'ref-1',
    session,
    hostId: session.hostId,
    hostName: aHost().name,
    rule: { name: 'everything', warnAfterMs: hour },
    raisedAt: noon,
    seenAt: noon,
    state: { is: 'open' },
    handling: { is: 'unattended' },
    steps: [],
    ...overrides,
  };
}

/** The session of `aSession`, which ended by itself in the minute before noon. */
export function aPast(overrides: Partial<PastSession> = {}): PastSession {
  const { name, resourceGroup } = aHost();
  return {
    ref: 'ref-1',
    session: aSession(),
    host: { name, resourceGroup },
    seenAt: noon - minute,
    closedAt: noon,
    how: { is: 'by-itself' },
    ...overrides,
  };
}

/** Asked by U0ASKER at noon, open for half an hour. */
export function aRequest(overrides: Partial<DisconnectRequest> = {}): DisconnectRequest {
  return {
    id: 'request-1',
    version: 0,
    ref: 'ref-1',
    session: aSession(),
    hostName: aHost().name,
    requester: 'U0ASKER',
    reason: 'left open over lunch',
    askedAt: noon,
    expiresAt: noon + 30 * minute,
    state: { is: 'pending' },
    ...overrides,
  };
}

/** Asked by U0ASKER at noon, open for half an hour. */
export function aBatch(overrides: Partial<Batch> = {}): Batch {
  const { requester, reason, askedAt, expiresAt } = aRequest();
  return {
    id: 'batch-1',
    requester,
    reason,
    askedAt,
    expiresAt,
    requestIds: ['request-0', 'request-1'],
    ...overrides,
  };
}

export function aRule(overrides: Partial<Rule> = {}): Rule {
  return { name: 'everything', match: {}, warnAfterMs: 8 * hour, ...overrides };
}

/** Everyone may do everything; a disconnect needs approval; sessions are warned of after eight hours. */
export function aPolicy(overrides: Partial<Policy> = {}): Policy {
  return {
    channels: { alerts: 'C0ALERTS', approvals: 'C0APPROVE' },
    access: { view: ['everyone'], disconnect: ['everyone'], approve: ['everyone'] },
    disconnect: {
      approval: 'required',
      expiresAfterMs: 30 * minute,
      ownerMayApprove: false,
      maxPerHour: 60,
      tellOwner: 'ended',
    },
    polling: { everyMs: minute },
    rules: [aRule()],
    people: [],
    historyDays: 90,
    ...overrides,
  };
}

/** The connection of `aSession`, as the log tells it: from 203.0.113.7, by fay@corp.example. */
export function aConnection(overrides: Partial<Connection> = {}): Connection {
  return {
    hostId: aHost().id,
    beganAt: noon - hour,
    tunnelIds: ['tunnel-1'],
    machineIds: [],
    machineAddresses: ['10.0.0.4'],
    protocols: ['ssh'],
    vmLogins: ['azureuser'],
    entraUsers: ['fay@corp.example'],
    clientAddresses: ['203.0.113.7'],
    userAgents: [],
    ...overrides,
  };
}
