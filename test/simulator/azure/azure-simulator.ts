import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { DiscoveryFault } from './behaviour.ts';
import type { Budgets } from './budgets.ts';
import { azureBudgets, throttle } from './budgets.ts';
import type { HostOptions, SimulatedHost } from './host.ts';
import type { IdentityBehaviour, Revocation } from './identity.ts';
import { revokeIssuedTokens, usualIdentity } from './identity.ts';
import { answerAsEntra } from './entra.ts';
import { close, listen, listener } from './listener.ts';
import type { LogsBudget } from './logs/budget.ts';
import { azureLogsBudget, logsBudget } from './logs/budget.ts';
import type { SimulatedLogs } from './logs/logs.ts';
import { workspace } from './logs/logs.ts';
import type { LogsWorld } from './logs/query-endpoint.ts';
import { answerAsLogs } from './logs/query-endpoint.ts';
import { operations } from './operations.ts';
import type { RequestLog } from './request-log.ts';
import { requestLog } from './request-log.ts';
import { answerAsResourceManager } from './resource-manager.ts';
import { ownOrSharedCertificate } from './shared-certificate.ts';
import { answerAsIdentity } from './token-endpoint.ts';
import type { Rights, World } from './world.ts';
import { hostsOf, rights } from './world.ts';

export interface AzureOptions {
  /** Those of Azure unless given. */
  readonly budgets?: Budgets | 'unlimited';
  readonly hostsPerPage?: number;
  /** Those of Azure unless given; unlimited when all others are. */
  readonly logsBudget?: LogsBudget | 'unlimited';
  /** Of the tokens that the query endpoint takes; the two of the public cloud unless given. */
  readonly logsAudience?: string;
  /** The names that Resource Manager and the logs go by, at port 443, where something leads from there to `ports`. */
  readonly behind?: { readonly resourceManager: string; readonly logs: string };
}

/** Resource Manager and the logs over https, the token endpoint of a managed identity over http, on loopback. */
export interface AzureSimulator extends Pick<Rights, 'deny' | 'allow'> {
  /** Of Resource Manager. */
  readonly url: string;
  readonly ports: { readonly resourceManager: number; readonly logs: number; readonly entra: number };
  /** What a bot needs to find it and to trust it; NODE_EXTRA_CA_CERTS counts from the start of a process only. */
  readonly environment: Readonly<Record<string, string>>;
  readonly requests: RequestLog;
  /** The audit logs of all hosts; `environment` does not lead to them, `logs.environment` does. */
  readonly logs: SimulatedLogs;
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

/** The service takes tokens for its older name and for its newer one. */
const publicAudiences = ['https://api.loganalytics.io', 'https://api.loganalytics.azure.com'];

export async function startAzure(options: AzureOptions = {}): Promise<AzureSimulator> {
  const { budgets = azureBudgets, hostsPerPage = 100 } = options;
  const clock = Date.now;
  const certificate = await ownOrSharedCertificate();
  const log = requestLog();
  let logsUrl = '';
  const kept = workspace(clock, () => logsUrl);
  const { logs } = kept;
  const hosts = hostsOf(clock, kept.watch);
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
    listener(async (incoming) =>
      answerAsIdentity({ at: clock(), behaviour: identityBehaviour, identityHeader }, log, incoming),
    ),
  );
  const logsWorld: LogsWorld = {
    ...kept,
    admit: logsBudget(options.logsBudget ?? (budgets === 'unlimited' ? budgets : azureLogsBudget), clock),
    audiences: options.logsAudience === undefined ? publicAudiences : [options.logsAudience],
    clock,
    hosts,
    workspaceId: logs.workspaceId,
  };
  const logAnalytics = createSecureServer(
    certificate,
    listener(async (incoming) => answerAsLogs(logsWorld, log, incoming)),
  );
  const entra = createSecureServer(
    certificate,
    listener((incoming) => Promise.resolve(answerAsEntra(log, incoming, clock()))),
  );
  const ports = {
    resourceManager: await listen(resourceManager),
    logs: await listen(logAnalytics),
    entra: await listen(entra),
  };
  const { behind } = options;
  url = `https://${behind?.resourceManager ?? `127.0.0.1:${ports.resourceManager}`}`;
  logsUrl = `https://${behind?.logs ?? `127.0.0.1:${ports.logs}`}`;
  const identityPort = await listen(identity);

  return {
    url,
    ports,
    requests: log,
    logs,
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
      await Promise.all([resourceManager, logAnalytics, entra, identity].map(close));
      await certificate.discard();
    },
  };
}
