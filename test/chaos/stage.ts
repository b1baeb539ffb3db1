import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { TestRedis } from '../support/redis.ts';
import { startTestRedis } from '../support/redis.ts';
import type { Replicas } from './replicas.ts';
import { startReplicas } from './replicas.ts';

/** Slack, Azure, Redis, and two replicas of the shipped process. */
export interface Stage {
  readonly slack: SlackSimulator;
  readonly azure: AzureSimulator;
  readonly redis: TestRedis;
  readonly replicas: Replicas;
  readonly askers: readonly string[];
  readonly approvers: readonly string[];
  /** Those on which sessions come and go, whether Azure has them at the moment or not. */
  readonly hosts: readonly SimulatedHost[];
  stop(): Promise<readonly (number | null)[]>;
}

export const warnAfterMs = 4000;
export const alerts = 'C0ALERTS';
export const approvals = 'C0APPROVE';

const policy = {
  channels: { alerts, approvals },
  access: { view: ['S0OPS'], disconnect: ['S0OPS'], approve: ['S0LEADS'] },
  disconnect: { expiresAfter: '8s', maxPerHour: 100_000 },
  polling: { every: '1s' },
  rules: [{ name: 'everything', warnAfter: `${warnAfterMs / 1000}s` }],
};

const historyScopes = ['channels:history', 'groups:history', 'im:history'];

export interface StageOptions {
  readonly hosts: number;
  readonly askers: number;
  readonly approvers: number;
  /** Whether the app may read its own messages again. */
  readonly history: boolean;
}

/** Rows come after polls have seen their sessions. */
const logLatenessMs = 1500;

export async function setStage(options: StageOptions): Promise<Stage> {
  const named = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `U0${prefix}${index + 1}`);
  const askers = named('ASKER', options.askers);
  const approvers = named('LEAD', options.approvers);
  const [azure, slack, redis] = await Promise.all([
    startAzure({ budgets: 'unlimited' }),
    startSlack({
      people: [...askers, ...approvers].map((id) => ({ id, name: id.toLowerCase() })),
      groups: [
        { id: 'S0OPS', handle: 'ops', members: [...askers, ...approvers] },
        { id: 'S0LEADS', handle: 'leads', members: approvers },
      ],
      channels: [
        { id: alerts, name: 'alerts' },
        { id: approvals, name: 'approvals', kind: 'private' },
      ],
    }),
    startTestRedis(),
  ]);
  for (const scope of historyScopes) {
    if (options.history) slack.token.scopes.add(scope);
    else slack.token.scopes.delete(scope);
  }
  slack.enforceRateLimits(true);
  const hosts = Array.from({ length: options.hosts }, (_, index) =>
    azure.addHost({
      name: `bastion-${index + 1}`,
      // Only their durations say of its sessions when they began.
      ...(index === 1 && { usually: { startTime: 'none' } }),
    }),
  );
  azure.logs.latenessMs = logLatenessMs;
  const stopServers = async () => Promise.all([azure.stop(), slack.stop(), redis.stop()]);
  const replicas = await startReplicas(2, redis.url, slack, {
    policy,
    environment: { ...slack.environment, ...azure.environment, ...azure.logs.environment },
  }).catch(async (error: unknown) => {
    await stopServers();
    throw error;
  });
  replicas.route(([first]) => first);
  return {
    slack,
    azure,
    redis,
    replicas,
    askers,
    approvers,
    hosts,
    stop: async () => {
      const codes = await replicas.stop();
      await stopServers();
      return codes;
    },
  };
}

/** Those of the story that Azure has now. */
export function hostsThere({ azure, hosts }: Pick<Stage, 'azure' | 'hosts'>): readonly SimulatedHost[] {
  const there = new Set(azure.hosts());
  return hosts.filter((host) => there.has(host));
}
