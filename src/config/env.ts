import type { z } from 'zod';
import type { Environment } from './contradictions.ts';
import { contradictions } from './contradictions.ts';
import { proxySettings } from './https-proxy.ts';
import type { RedisAddress } from './redis-url.ts';
import { redisWarnings, withoutSignIn } from './redis-url.ts';
import { secrets } from './secrets.ts';
import type { RedisSettings, Settings, SlackRequests } from './settings.ts';
import { harmless } from './shown.ts';
import type { Variables } from './variables.ts';
import { variables } from './variables.ts';

export type EnvironmentResult =
  | { readonly ok: true; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Also in lower case, which counts where both are given, as curl has it. */
const inAnyCase = new Set(['HTTPS_PROXY', 'NO_PROXY']);

/** Names every mistake at once. An empty variable counts as not given. */
export function readEnvironment(env: Environment): EnvironmentResult {
  const given = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => {
      const value = (inAnyCase.has(name) && env[name.toLowerCase()]?.trim()) || env[name]?.trim();
      return value ? [[name, value]] : [];
    }),
  );
  const parsed = variables.safeParse(given);
  const malformed = parsed.success ? [] : parsed.error.issues.map((issue) => describeIssue(issue, given));
  const mistakes = [...new Set(malformed), ...contradictions(given)];
  return parsed.success && mistakes.length === 0
    ? { ok: true, settings: settingsFrom(parsed.data, env), warnings: warningsOf(parsed.data) }
    : { ok: false, mistakes };
}

function warningsOf({ REDIS_URL: redis }: Variables): readonly string[] {
  return redis === undefined ? [] : redisWarnings(redis);
}

function settingsFrom(read: Variables, env: Environment): Settings {
  const requests = read.ROLE === 'worker' ? undefined : slackRequests(read);
  return {
    role: read.ROLE,
    slack: {
      botToken: read.SLACK_BOT_TOKEN,
      apiUrl: read.SLACK_API_URL,
      ...(requests && { requests }),
    },
    azure: {
      cloud: read.AZURE_CLOUD,
      ...(read.AZURE_RESOURCE_MANAGER_URL !== undefined && {
        resourceManagerUrl: read.AZURE_RESOURCE_MANAGER_URL,
      }),
      subscriptionIds: [...new Set(read.AZURE_SUBSCRIPTION_IDS)],
      ...(read.LOG_ANALYTICS_WORKSPACE_ID !== undefined && {
        logWorkspaceId: read.LOG_ANALYTICS_WORKSPACE_ID,
      }),
      ...(read.LOG_ANALYTICS_URL !== undefined && { logsUrl: read.LOG_ANALYTICS_URL }),
    },
    redis:
      read.REDIS_URL !== undefined
        ? redisSettings(read.REDIS_URL, read.REDIS_CREDENTIAL)
        : {
            dataDir: read.DATA_DIR,
            ...(read.REDIS_SERVER_BIN !== undefined && { serverBin: read.REDIS_SERVER_BIN }),
          },
    admin: { host: read.ADMIN_HOST, port: read.ADMIN_PORT },
    ...networkFrom(read, env),
    configFile: read.CONFIG_FILE,
    logLevel: read.LOG_LEVEL,
  };
}

function networkFrom(
  { HTTPS_PROXY: address, NO_PROXY: noProxy = '' }: Variables,
  env: Environment,
): Pick<Settings, 'network' | 'unreadProxies'> {
  if (address !== undefined) return { network: proxySettings(address, noProxy, env) };
  const others = ['HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'].filter((name) => env[name]?.trim());
  return others.length > 0 ? { unreadProxies: others } : {};
}

function redisSettings(address: RedisAddress, credential: Variables['REDIS_CREDENTIAL']): RedisSettings {
  switch (credential) {
    case 'password':
      return { url: address.url };
    case 'entra':
      return { url: withoutSignIn(address), entraUser: address.user };
  }
}

function slackRequests({
  SLACK_APP_TOKEN: appToken,
  SLACK_SIGNING_SECRET: signingSecret,
  PORT: port,
}: Variables): SlackRequests | undefined {
  if (appToken !== undefined) return { over: 'socket', appToken };
  return signingSecret === undefined ? undefined : { over: 'http', signingSecret, port };
}

function describeIssue(issue: z.core.$ZodIssue, given: Environment): string {
  const name = String(issue.path[0]);
  if (!issue.message.startsWith('expected')) return `${name}: ${issue.message}`;
  const value = given[name];
  const got =
    value === undefined ? 'nothing' : secrets.has(name) ? 'something else (not shown)' : show(value);
  return `${name}: ${issue.message}, got ${got}`;
}

/** A URL may hold a password, and a token may have been put into the wrong variable. */
function show(value: string): string {
  const begins = value.indexOf('//');
  const ends = value.lastIndexOf('@');
  const open = begins >= 0 && begins < ends ? `${value.slice(0, begins)}//…${value.slice(ends)}` : value;
  return harmless(JSON.stringify(open.slice(0, 200)));
}
