import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from '../certificate.ts';
import { makeCertificate, readCertificate } from '../certificate.ts';
import type { DiscoveryFault } from './behaviour.ts';
import type { Budgets } from './budgets.ts';
import { azureBudgets, throttle } from './budgets.ts';
import type { HostOptions, SimulatedHost } from './host.ts';
import type { IdentityBehaviour, Revocation } from './identity.ts';
import { issueToken, revokeIssuedTokens, usualIdentity } from './identity.ts';
import { close, listen, listener } from './listener.ts';
import { operations } from './operations.ts';
import type { LoggedRequest, RequestLog } from './request-log.ts';
import { requestLog } from './request-log.ts';
import { answerAsResourceManager } from './resource-manager.ts';
import type { Rights, World } from './world.ts';
import { hostsOf, rights } from './world.ts';

export interface AzureOptions {
  /** Those of Azure unless given. */
  readonly budgets?: Budgets | 'unlimited';
  readonly hostsPerPage?: number;
}

/** Resource Manager over https and the token endpoint of a managed identity over http, on loopback. */
export interface AzureSimulator extends Pick<Rights, 'deny' | 'allow'> {
  /** Of Resource Manager. */
  readonly url: string;
  /** What a bot needs to find it and to trust it; NODE_EXTRA_CA_CERTS counts from the start of a process only. */
  readonly environment: Readonly<Record<string, string>>;
  readonly requests: RequestLog;
  addHost(options: HostOptions): SimulatedHost;
  removeHost(host: SimulatedHost): void;
  /** One that was removed is back, with its sessions. */
  restoreHost(host: SimulatedHost): void;
  hosts(): readonly SimulatedHost[];
  /** What every search for hosts meets instead of an answer; undefined: nothing any more. */
  failDiscovery(fault: DiscoveryFault | undefined): void;
  /** Somebody else uses up the budgets of this subscription for so long. */
  exhaust(subscriptionId: string, forMs: number): void;
  /** Of the token endpoint; what is left out is as usual again. */
  behaveIdentity(behaviour: Partial<IdentityBehaviour>): void;
  /** Every token that was given out is refused from here on, though it has not expired. */
  revokeTokens(revocation?: Revocation): void;
  stop(): Promise<void>;
}

export async function startAzure(options: AzureOptions = {}): Promise<AzureSimulator> {
  const { budgets = azureBudgets, hostsPerPage = 100 } = options;
  const clock = Date.now;
  const certificate = await ownOrSharedCertificate();
  const log = requestLog();
  const hosts = hostsOf(clock);
  const granted = rights();
  const throttling = throttle(budgets, clock);
  let url = '';
  const ownUrl = () => url;
  let discoveryFault: DiscoveryFault | undefined;
  let identityBehaviour = usualIdentity;
  const world: World = {
    audience: 'https://management.azure.com',
    clock,
    discoveryFault: () => discoveryFault,
    hosts,
    hostsPerPage,
    operations: operations(ownUrl, clock),
    ownUrl,
    rights: granted,
    spend: throttling.spend,
  };
  const identityHeader = randomUUID();
  const resourceManager = createSecureServer(
    certificate,
    listener(async (incoming) => answerAsResourceManager(world, log, incoming)),
  );
  const identity = createServer(
    listener(async (incoming) => {
      const { headers, method, path, query } = incoming;
      const at = clock();
      const request: LoggedRequest = {
        at,
        kind: 'token',
        method,
        host: '',
        path,
        query,
        headers,
        body: undefined,
        correlationId: '',
      };
      log.arrived(request);
      const reply = issueToken(incoming, identityHeader, identityBehaviour, at);
      log.answered(request, reply.status);
      return reply;
    }),
  );
  url = `https://127.0.0.1:${await listen(resourceManager)}`;
  const identityPort = await listen(identity);

  return {
    url,
    requests: log,
    allow: (action) => granted.allow(action),
    deny: (action, subscriptionId) => granted.deny(action, subscriptionId),
    addHost: (host) => hosts.add(host),
    removeHost: (host) => hosts.remove(host),
    restoreHost: (host) => hosts.restore(host),
    hosts: () => hosts.all(),
    failDiscovery(fault) {
      discoveryFault = fault;
    },
    behaveIdentity(behaviour) {
      identityBehaviour = { ...usualIdentity, ...behaviour };
    },
    exhaust: (subscriptionId, forMs) => throttling.exhaust(subscriptionId, forMs),
    revokeTokens: revokeIssuedTokens,
    get environment() {
      return {
        AZURE_RESOURCE_MANAGER_URL: url,
        AZURE_SUBSCRIPTION_IDS: [...new Set(hosts.all().map(({ subscriptionId }) => subscriptionId))].join(
          ',',
        ),
        AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
        IDENTITY_ENDPOINT: `http://127.0.0.1:${identityPort}/msi/token`,
        IDENTITY_HEADER: identityHeader,
        NODE_EXTRA_CA_CERTS: certificate.certFile,
      };
    },
    async stop() {
      await Promise.all([close(resourceManager), close(identity)]);
      await certificate.discard();
    },
  };
}

/** Tests share one certificate, because Node learns whom to trust only when it starts. */
async function ownOrSharedCertificate(): Promise<Certificate & { discard(): Promise<void> }> {
  const shared = process.env['BASTION_TEST_CERTIFICATE_DIR'];
  if (shared) return { ...(await readCertificate(shared)), discard: async () => undefined };
  const own = await mkdtemp(join(tmpdir(), 'bastion-bot-certificate-'));
  await makeCertificate(own);
  return {
    ...(await readCertificate(own)),
    discard: async () => rm(own, { recursive: true, force: true }),
  };
}
