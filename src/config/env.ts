import type { z } from 'zod';
import { entraMistakes, redisWarnings, withoutSignIn } from './redis-url.ts';
import type { RedisAddress } from './redis-url.ts';
import type { ProxySettings } from './https-proxy.ts';
import { proxySettings } from './https-proxy.ts';
import { harmless } from './shown.ts';
import type { Variables } from './variables.ts';
import { variables } from './variables.ts';

/** Everything that is set through the environment. */
export interface Settings {
  readonly role: Role;
  readonly slack: {
    readonly botToken: string;
    readonly apiUrl: string;
    /** How Slack's requests arrive; absent in the role `worker`, which takes none. */
    readonly requests?: SlackRequests;
  };
  readonly azure: {
    readonly cloud: 'public' | 'usgov' | 'china';
    readonly resourceManagerUrl?: string;
    /** In lower case; empty means all that Resource Graph shows. */
    readonly subscriptionIds: readonly string[];
    /** Where the audit log is: a workspace's GUID, or `resource`. Without it nobody asks. */
    readonly logWorkspaceId?: string;
    /** With the version of the interface. */
    readonly logsUrl?: string;
  };
  /** Without a URL a private server is started. */
  readonly redis: RedisSettings | { readonly dataDir: string; readonly serverBin?: string };
  readonly admin: { readonly host: string; readonly port: number };
  /** Of the calls of Slack and Azure; absent where they are made directly. */
  readonly network?: ProxySettings;
  /** Variables of proxies that are set where HTTPS_PROXY is not, and do not stand in for it. */
  readonly unreadProxies?: readonly string[];
  readonly configFile: string;
  readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
}

export interface RedisSettings {
  readonly url: string;
  /** The object id that a token of Azure is the password of, where the URL has none. */
  readonly entraUser?: string;
}

/** Port 0 is any free one. */
export type SlackRequests =
  | { readonly over: 'http'; readonly signingSecret: string; readonly port: number }
  | { readonly over: 'socket'; readonly appToken: string };

/** `bot` takes Slack's requests, `worker` polls, ends sessions and delivers cards. */
export type Role = 'all' | 'bot' | 'worker';

export type EnvironmentResult =
  | { readonly ok: true; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Their values are never shown, not even when they are wrong. */
const secrets = new Set([
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'REDIS_URL',
  'HTTPS_PROXY',
]);

/** Also in lower case, which counts where both are given, as curl has it. */
const inAnyCase = new Set(['HTTPS_PROXY', 'NO_PROXY']);

type Environment = Readonly<Record<string, string | undefined>>;

/** Every mistake at once. A variable that is empty counts as not given. */
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

/** What no single variable shows. Reads the raw values, so that it speaks even when another one is malformed. */
function contradictions(given: Environment): readonly string[] {
  const role = variables.shape.ROLE.safeParse(given['ROLE']).data;
  const slackPort = variables.shape.PORT.safeParse(given['PORT']).data;
  const adminPort = variables.shape.ADMIN_PORT.safeParse(given['ADMIN_PORT']).data;
  const mistakes: string[] = [];
  const overSocket = Boolean(given['SLACK_APP_TOKEN']);
  const overHttp = Boolean(given['SLACK_SIGNING_SECRET']);
  if (overSocket === overHttp && (overHttp || role !== 'worker')) {
    const got = overHttp ? 'both' : 'neither';
    mistakes.push(`SLACK_APP_TOKEN, SLACK_SIGNING_SECRET: expected one of the two, got ${got}`);
  }
  if (role !== 'worker' && !overSocket && slackPort && slackPort === adminPort) {
    mistakes.push(`PORT, ADMIN_PORT: expected two different ports, got ${slackPort} for both`);
  }
  if ((role === 'bot' || role === 'worker') && !given['REDIS_URL']) {
    mistakes.push(`REDIS_URL: expected the Redis that all roles share, because ROLE is ${role}; got nothing`);
  }
  return [...mistakes, ...(given['REDIS_CREDENTIAL'] === 'entra' ? entraMistakes(given['REDIS_URL']) : [])];
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
