import { z } from 'zod';
import { withoutSlashes } from '../domain/kit/without-slashes.ts';
import type { Field } from './fields.ts';
import { fieldsOf } from './fields.ts';
import { isLoopback, readRedisUrl } from './redis-url.ts';
import { isProxyUrl } from './https-proxy.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `DefaultAzureCredential` throws on anything else. */
const tokenCredentials = [
  'prod',
  'dev',
  'EnvironmentCredential',
  'WorkloadIdentityCredential',
  'ManagedIdentityCredential',
  'VisualStudioCodeCredential',
  'AzureCliCredential',
  'AzurePowerShellCredential',
  'AzureDeveloperCliCredential',
];

export const variables = z.object({
  SLACK_BOT_TOKEN: text('a bot token that begins with xoxb-', /^xoxb-\S+$/).describe(
    'Bot token of the Slack app, `xoxb-…`',
  ),
  SLACK_APP_TOKEN: text('an app-level token that begins with xapp-', /^xapp-\S+$/)
    .exactOptional()
    .describe(
      'App-level token, `xapp-…`: Socket Mode. Either this or `SLACK_SIGNING_SECRET`, unless `ROLE` is `worker`',
    ),
  // Slack's are 32 hexadecimal digits; a guessed one signs as Slack.
  SLACK_SIGNING_SECRET: text('the signing secret of the Slack app, 32 characters or more', /^\S{32,}$/)
    .exactOptional()
    .describe('Signing secret of the Slack app, 32 characters or more: HTTP mode'),
  SLACK_API_URL: url('an https URL, or http on loopback', isSafeForTokens)
    .transform((address) => (address.endsWith('/') ? address : `${address}/`))
    .prefault('https://slack.com/api/')
    .describe('Base of the Slack Web API'),
  PORT: port().prefault('3000').describe("Port for Slack's requests in HTTP mode, `POST /slack/events`"),
  ADMIN_HOST: text('a host name or an address')
    .prefault('127.0.0.1')
    .describe('Address that `/livez`, `/readyz` and `/metrics` listen on'),
  ADMIN_PORT: port().prefault('9090').describe("Port of these three, never Slack's"),
  AZURE_CLOUD: z
    .enum(['public', 'usgov', 'china'], 'expected one of public, usgov, china')
    .prefault('public')
    .describe('The Azure cloud: `public`, `usgov` or `china`'),
  AZURE_RESOURCE_MANAGER_URL: url('an https URL', ({ protocol }) => protocol === 'https:')
    .exactOptional()
    .describe("Resource Manager's address, if it is not that of the cloud; https only"),
  AZURE_SUBSCRIPTION_IDS: z
    .string()
    .transform((list) => list.split(',').map((id) => id.trim().toLowerCase()))
    .pipe(z.array(z.string().regex(guid, 'expected subscription ids (GUIDs) separated by commas')))
    .exactOptional()
    .describe('Subscriptions to search, separated by commas; unset means all that Resource Graph shows'),
  AZURE_TOKEN_CREDENTIALS: text(`one of ${tokenCredentials.join(', ')}`)
    .refine((name) => tokenCredentials.some((known) => known.toLowerCase() === name.toLowerCase()), {
      error: `expected one of ${tokenCredentials.join(', ')}`,
    })
    .exactOptional()
    .describe('Which credential `@azure/identity` uses, e.g. `ManagedIdentityCredential`'),
  LOG_ANALYTICS_WORKSPACE_ID: z
    .string()
    .toLowerCase()
    .refine(
      (id) => id === 'resource' || guid.test(id),
      "expected the id of a workspace (a GUID), or 'resource'",
    )
    .exactOptional()
    .describe(
      "The workspace (GUID) that the diagnostic settings of the Bastion hosts write their audit logs to; `resource` asks for each host's own logs. Unset: who is behind a session, and from where, stays unknown",
    ),
  LOG_ANALYTICS_URL: url('an https URL', ({ protocol }) => protocol === 'https:')
    .transform((address) => `${withoutSlashes(address).replace(/\/v1$/i, '')}/v1`)
    .exactOptional()
    .describe('Address of the query service of the logs, if it is not that of the cloud; https only'),
  REDIS_URL: z
    .string()
    .transform((pasted, context) => {
      const read = readRedisUrl(pasted);
      if (read.ok) return read.address;
      context.issues.push({ code: 'custom', message: read.mistake, input: pasted });
      return z.NEVER;
    })
    .exactOptional()
    .describe(
      '`rediss://USER:PASSWORD@HOST:PORT`, the user left out for a key of Azure, which may stand as it is copied; `redis://` is not encrypted; or `unix://` and a path. Unset starts a private server',
    ),
  REDIS_CREDENTIAL: z
    .enum(['password', 'entra'], 'expected one of password, entra')
    .prefault('password')
    .describe(
      "`password`: that of `REDIS_URL`. `entra`: a token of the bot's identity in Azure, whose object id is the user there: `rediss://OBJECT-ID@HOST:PORT`",
    ),
  DATA_DIR: text('a folder')
    .prefault('./data')
    .describe("Data of the private server; a folder of this user's own"),
  REDIS_SERVER_BIN: text('a path')
    .exactOptional()
    .describe('Program of the private server; unset takes the first of those known that is installed'),
  HTTPS_PROXY: url(
    'an http:// or https:// URL with a host, a user and a password percent-encoded',
    isProxyUrl,
  )
    .exactOptional()
    .describe(
      'Proxy for all calls of Slack and Azure: `http://`, or `https://` to speak TLS to it, with `user:password@` where it wants them, percent-encoded',
    ),
  NO_PROXY: text('hosts separated by commas')
    .exactOptional()
    .describe(
      'What is reached without it, separated by commas: `*`, a host, `.example.com` (it and all below it), an address, a range such as `10.0.0.0/8`; with `:port` if need be',
    ),
  CONFIG_FILE: text('a path').prefault('./bastion-bot.yaml').describe('The policy file'),
  ROLE: z
    .enum(['all', 'bot', 'worker'], 'expected one of all, bot, worker')
    .prefault('all')
    .describe(
      '`bot` takes requests, `worker` polls, ends sessions and delivers cards, `all` does both; other than `all` needs `REDIS_URL`',
    ),
  LOG_LEVEL: z
    .enum(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'expected one of trace, debug, info, warn, error, fatal, silent',
    )
    .prefault('info')
    .describe('`trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`'),
});

export type Variables = z.output<typeof variables>;

export const settingsTable: readonly Field[] = fieldsOf(variables);

function text(what: string, pattern = /./) {
  return z.string(`expected ${what}`).regex(pattern, `expected ${what}`);
}

function port() {
  const expected = 'expected a port from 0 to 65535';
  return z.string().regex(/^\d+$/, expected).transform(Number).pipe(z.number().max(65_535, expected));
}

function url(what: string, allows: (address: URL) => boolean) {
  return z.string().refine((value) => URL.canParse(value) && allows(new URL(value)), `expected ${what}`);
}

function isSafeForTokens({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
}
