import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { DeliveryFault } from '../simulator/slack/delivery.ts';
import type { Fault } from '../simulator/slack/faults.ts';
import type { Chance } from './chance.ts';
import { chanceOf } from './chance.ts';
import type { Stage } from './stage.ts';
import { alerts, approvals } from './stage.ts';

const slackFaults: readonly Fault[] = [
  { method: 'chat.postMessage', loseAnswer: true, times: 1 },
  { method: 'chat.update', loseAnswer: true, times: 2 },
  { method: 'chat.postMessage', instead: 'reset', times: 2 },
  { method: 'chat.postMessage', instead: { status: 503 }, times: 1 },
  { method: 'chat.update', instead: { status: 500 }, times: 2 },
  { method: 'chat.postMessage', instead: { error: 'internal_error' }, times: 1 },
  { method: 'chat.postMessage', instead: { error: 'invalid_blocks' }, times: 1 },
  { method: 'chat.update', instead: { error: 'msg_blocks_too_long' }, times: 1 },
  { method: 'chat.postMessage', channel: alerts, instead: limited('2'), times: 2 },
  { method: 'chat.postMessage', channel: approvals, instead: limited('1'), times: 1 },
  { method: 'chat.update', instead: limited('1'), times: 2 },
  { method: 'chat.delete', instead: 'reset', times: 1 },
  { method: 'conversations.history', instead: 'reset', times: 1 },
  { method: 'usergroups.users.list', instead: { status: 500 }, times: 1 },
  { method: 'response_url', instead: 'reset', times: 1 },
  { method: 'response_url', latencyMs: 700, times: 2 },
  { method: '*', latencyMs: 400 },
];

function limited(seconds: string): NonNullable<Fault['instead']> {
  return { status: 429, headers: { 'retry-after': seconds } };
}

type HostFault = Parameters<SimulatedHost['behave']>[0];

/** With no header: how long to wait stands in an error inside of the error. */
const nestedWait = {
  status: 429,
  code: 'RetryableError',
  details: [
    {
      code: 'RetryableErrorDueToAnotherOperation',
      message: 'Another operation is in progress. The call can be retried in 2 seconds.',
    },
  ],
};

/** Told apart in the summary. */
const named = {
  // Asked for itself, the host is there.
  'not found for a while': [{ error: { status: 404, code: 'ResourceNotFound' }, on: 'sessions' }],
  'wait nested in an error': [
    { error: nestedWait, times: 1 },
    { error: nestedWait, times: 1, on: 'disconnect' },
  ],
  'answer without measure': [
    { excess: 'gzip-bomb' },
    { excess: 'deep' },
    { excess: 'crowded' },
    { excess: 'torn' },
    { endlessPages: true },
  ],
} as const satisfies Readonly<Record<string, readonly HostFault[]>>;
const namedNames = ['not found for a while', 'wait nested in an error', 'answer without measure'] as const;
/** How many of the faults of hosts are of these kinds. */
const namedShare = 0.35;

const hostFaults: readonly HostFault[] = [
  { error: { status: 500, code: 'InternalServerError' }, times: 3 },
  { error: { status: 429, code: 'SubscriptionRequestsThrottled', retryAfter: 1 }, times: 2 },
  { error: { status: 409, code: 'AnotherOperationInProgress' }, times: 2 },
  { reset: true, times: 2 },
  { latencyMs: 800 },
  { body: { text: '<html>Sign in</html>' } },
  { body: { json: { sessions: [] } } },
  { disconnect: 'error-after' },
  { disconnect: 'stays' },
  { disconnectTakesMs: 1500 },
  { answer: 'async-operation', readyAfterMs: 300 },
  { startTime: 'none' },
  { error: { status: 503, code: 'ServerBusy' }, times: 1, on: 'disconnect' },
  { error: { status: 409, code: 'AnotherOperationInProgress' }, times: 2, on: 'disconnect' },
];

const deliveryFaults: readonly DeliveryFault[] = [
  { type: 'interactive', times: 2, copies: 2 },
  { times: 1, latencyMs: 500 },
];

export const weatherNames = [
  'fault of Slack',
  'fault of a delivery',
  'fault of a host',
  'not found for a while',
  'wait nested in an error',
  'answer without measure',
  'tokens revoked',
] as const;
export type WeatherName = (typeof weatherNames)[number];

export interface WeatherOptions {
  readonly seed: number;
  /** Hosts that something else happens to. */
  readonly spared: ReadonlySet<SimulatedHost>;
}

/** Faults of both platforms that come and go by themselves until the signal; returns how many there were. */
export async function bringWeather(
  { azure, hosts, slack }: Stage,
  { seed, spared }: WeatherOptions,
  signal: AbortSignal,
): Promise<ReadonlyMap<WeatherName, number>> {
  const counts = new Map<WeatherName, number>();
  const count = (name: WeatherName) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  await Promise.all([
    over('Slack', (chance) => {
      const fault = chance.oneOf(slackFaults);
      const switched = fault && slack.fault(fault);
      count('fault of Slack');
      return () => switched?.end();
    }),
    over('deliveries', (chance) => {
      const fault = chance.oneOf(deliveryFaults);
      const switched = fault && slack.deliveryFault(fault);
      count('fault of a delivery');
      return () => switched?.end();
    }),
    ...hosts.map(async (host) => over(host.name, (chance) => strikeHost(host, chance))),
    revocation(),
  ]);
  return counts;

  function strikeHost(host: SimulatedHost, chance: Chance): () => void {
    const name = chance.odds(namedShare) ? chance.oneOf(namedNames) : undefined;
    const fault = chance.oneOf(name ? named[name] : hostFaults);
    if (!fault || spared.has(host)) return () => undefined;
    const since = Date.now();
    host.behave(fault);
    return () => {
      const isMet =
        azure.requests.count(({ at, path }) => at >= since && path.includes(`/${host.name}/`)) > 0;
      if (isMet) count(name ?? 'fault of a host');
      if (!spared.has(host)) host.behaveNormally();
    };
  }

  /** Once, since a replica asks for another token once a minute. */
  async function revocation(): Promise<void> {
    await chanceOf(seed, 'revocation').pause(2000, 12_000, signal);
    if (signal.aborted) return;
    azure.revokeTokens();
    count('tokens revoked');
  }

  async function over(place: string, strike: (chance: Chance) => () => void): Promise<void> {
    const chance = chanceOf(seed, `weather over ${place}`);
    while (!signal.aborted) {
      await chance.pause(200, 2500, signal);
      const end = strike(chance);
      await chance.pause(500, 2500, signal);
      end();
    }
  }
}
