import type { AzureFailure } from '../domain/hosts/azure-failure.ts';
import { withoutSlashes } from '../domain/kit/without-slashes.ts';
import { idsInACall } from '../domain/requests/tunnel.ts';
import type { WayOut } from '../net/way-out.ts';
import type { Bastion } from '../ports/bastion.ts';
import type { Log } from '../ports/log.ts';
import type { Arm, ArmAnswer } from './arm/arm.ts';
import { resourceManager } from './arm/arm.ts';
import { AzureError } from './arm/azure-error.ts';
import { networkClient } from './arm/client.ts';
import type { Cloud } from './arm/clouds.ts';
import type { Credential } from './arm/credential.ts';
import { LostOperation, runOperation } from './arm/long-running.ts';
import { outcomeOf } from './arm/outcome.ts';
import { renewingCredential } from './arm/renewing-credential.ts';
import { discoverHosts } from './hosts/discovery.ts';
import { orHostGone } from './hosts/host-itself.ts';
import { statesIn } from './sessions/disconnect-answer.ts';
import { hostRequest, networkApiVersion } from './sessions/host-request.ts';
import { listSessions } from './sessions/read-sessions.ts';
import { isTurnedAway } from './sessions/turned-away.ts';

export interface AzureBastionOptions {
  readonly credential: Credential;
  readonly cloud: Cloud;
  readonly out: WayOut;
  readonly resourceManagerUrl?: string;
  /** Empty: every subscription that Resource Graph shows. */
  readonly subscriptionIds: readonly string[];
  readonly version: string;
  readonly clock: () => number;
  readonly log: Log;
  readonly deadlinesMs?: Partial<Deadlines>;
}

/** In milliseconds. */
export interface Deadlines {
  readonly waiting: number;
  readonly background: number;
  readonly disconnect: number;
  readonly discovery: number;
  readonly search: number;
  readonly token: number;
}

const usualDeadlinesMs: Deadlines = {
  waiting: 20_000,
  background: 60_000,
  disconnect: 20_000,
  discovery: 30_000,
  search: 8000,
  token: 15_000,
};

export function azureBastion(options: AzureBastionOptions): Bastion {
  const { clock, cloud, log, subscriptionIds } = options;
  const resourceManagerUrl = withoutSlashes(options.resourceManagerUrl ?? cloud.resourceManagerUrl);
  const deadlinesMs = { ...usualDeadlinesMs, ...options.deadlinesMs };
  const credential = renewingCredential({
    credential: options.credential,
    scope: cloud.tokenScope,
    clock,
    deadlineMs: deadlinesMs.token,
  });
  const clientOptions = { ...options, credential, resourceManagerUrl };
  const arm = resourceManager(networkClient(clientOptions, ''), clock);
  const clients = subscriptionIds.map((id) => networkClient(clientOptions, id));
  const shared = { arm, clock, log, resourceManagerUrl, failures: new Map<string, AzureFailure>() };
  const discoveryDeadlinesMs = { background: deadlinesMs.discovery, waiting: deadlinesMs.search };

  return {
    discoverHosts: async (haste) =>
      discoverHosts({ ...shared, clients, deadlineMs: discoveryDeadlinesMs[haste] }),

    async readSessions(host, haste) {
      const about = { log, doing: 'list sessions', hostId: host.id };
      const outcome = await outcomeOf(about, deadlinesMs[haste], async (signal) => {
        const list = async () => listSessions(arm, { clock, haste, host, resourceManagerUrl }, signal);
        return list().catch(async (error: unknown) => {
          if (error instanceof LostOperation) return list();
          throw await orHostGone(error, arm, { host, resourceManagerUrl, signal });
        });
      });
      return outcome.ok ? { ok: true, sessions: outcome.value } : outcome;
    },

    async disconnect(host, sessionIds) {
      if (sessionIds.includes('')) throw new Error('A session without an id cannot be disconnected');
      if (sessionIds.length === 0 || sessionIds.length > idsInACall) {
        throw new Error(`A call ends 1 to ${idsInACall} sessions, not ${sessionIds.length}`);
      }
      const request = hostRequest(resourceManagerUrl, host, 'disconnectActiveSessions');
      const operation = {
        start: { ...request, body: { sessionIds } },
        apiVersion: networkApiVersion,
        haste: 'waiting',
        read: ({ body }: ArmAnswer) => statesIn(body, sessionIds),
      } as const;
      const about = { log, doing: 'disconnect a session', hostId: host.id, sessionIds };
      let isAccepted = false;
      let nothingDone = false;
      const heard: Arm = async (asked, signal) => {
        const answer = await arm(asked, signal);
        isAccepted = true;
        return answer;
      };
      const outcome = await outcomeOf(about, deadlinesMs.disconnect, async (signal) =>
        runOperation(heard, operation, { clock, signal }).catch((error: unknown) => {
          nothingDone = !isAccepted && error instanceof AzureError && isTurnedAway(error);
          throw error;
        }),
      );
      return outcome.ok ? { ok: true, state: outcome.value } : { ...outcome, nothingDone };
    },
  };
}
