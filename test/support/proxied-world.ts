import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import { ownOrSharedCertificate } from '../simulator/azure/shared-certificate.ts';
import { namesBehindProxy as names } from '../simulator/certificate.ts';
import type { ConnectProxy, ConnectProxyOptions } from '../simulator/proxy/connect-proxy.ts';
import { startConnectProxy } from '../simulator/proxy/connect-proxy.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { Bot } from './bot.ts';
import { startBot } from './bot.ts';
import { startTestRedis } from './redis.ts';
import { quickPolicy } from './world.ts';

export interface ProxiedWorld {
  readonly slack: SlackSimulator;
  readonly azure: AzureSimulator;
  readonly proxy: ConnectProxy;
  startBot(options?: ProxiedBot): Promise<Bot>;
  stop(): Promise<void>;
}

export interface ProxiedBot {
  readonly environment?: Readonly<Record<string, string>>;
  readonly policy?: unknown;
  /** Whose tokens come from Entra, or from an endpoint on this machine; the former unless given. */
  readonly as?: 'workload' | 'managed identity';
}

/** Slack, Azure and Entra by names that only the proxy can look up: whatever goes past it gets nowhere. */
export async function startProxiedWorld(
  mode: 'http' | 'socket',
  proxyOptions: Pick<ConnectProxyOptions, 'user'> & { readonly overTls?: boolean } = {},
): Promise<ProxiedWorld> {
  const certificate = await ownOrSharedCertificate();
  const [azure, slack, redis, dir] = await Promise.all([
    startAzure({ behind: names }),
    startSlack({ mode, behind: { ...certificate, name: names.slack } }),
    startTestRedis(),
    mkdtemp(join(tmpdir(), 'bastion-bot-federated-')),
  ]);
  const { overTls = false, ...options } = proxyOptions;
  const proxy = await startConnectProxy({
    ...options,
    ...(overTls && { tls: certificate }),
    targets: {
      [`${names.slack}:443`]: slack.port,
      [`${names.resourceManager}:443`]: azure.ports.resourceManager,
      [`${names.logs}:443`]: azure.ports.logs,
      [`${names.entra}:443`]: azure.ports.entra,
    },
  });
  const tokenFile = join(dir, 'token');
  await writeFile(tokenFile, 'a federated token');
  const bots: Bot[] = [];
  return {
    slack,
    azure,
    proxy,
    startBot: async ({ environment = {}, policy = quickPolicy, as = 'workload' } = {}) => {
      const bot = await startBot({
        policy,
        environment: {
          ...slack.environment,
          ...azure.environment,
          ...azure.logs.environment,
          REDIS_URL: redis.url,
          HTTPS_PROXY: proxy.url,
          ...(as === 'workload' && {
            AZURE_TOKEN_CREDENTIALS: 'WorkloadIdentityCredential',
            AZURE_TENANT_ID: 'c0ffee00-0000-4000-8000-000000000001',
            AZURE_CLIENT_ID: 'c0ffee00-0000-4000-8000-000000000002',
            AZURE_FEDERATED_TOKEN_FILE: tokenFile,
          }),
          ...environment,
        },
      });
      bots.push(bot);
      slack.connect(bot.url);
      return bot;
    },
    stop: async () => {
      await Promise.all(bots.map(async (bot) => bot.kill()));
      await Promise.all([azure.stop(), slack.stop(), redis.stop(), proxy.stop(), certificate.discard()]);
      await rm(dir, { recursive: true });
    },
  };
}
