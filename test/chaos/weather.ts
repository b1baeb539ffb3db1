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

const hostFaults: readonly Parameters<SimulatedHost['behave']>[0][] = [
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
  { error: { status: 503, code: 'ServerBusy' }, times: 1, on: 'disconnect' },
  { error: { status: 409, code: 'AnotherOperationInProgress' }, times: 2, on: 'disconnect' },
];

const deliveryFaults: readonly DeliveryFault[] = [
  { type: 'interactive', times: 2, copies: 2 },
  { times: 1, latencyMs: 500 },
];

/** Faults of both platforms that come and go by themselves until the signal; returns how many there were. */
export async function bringWeather(
  { azure, slack }: Stage,
  seed: number,
  signal: AbortSignal,
): Promise<number> {
  const fronts = [
    over('Slack', (chance) => {
      const fault = chance.oneOf(slackFaults);
      const switched = fault && slack.fault(fault);
      return () => switched?.end();
    }),
    over('deliveries', (chance) => {
      const fault = chance.oneOf(deliveryFaults);
      const switched = fault && slack.deliveryFault(fault);
      return () => switched?.end();
    }),
    ...azure.hosts().map(async (host) =>
      over(host.name, (chance) => {
        const fault = chance.oneOf(hostFaults);
        if (fault) host.behave(fault);
        return () => host.behaveNormally();
      }),
    ),
  ];
  const faults = await Promise.all([...fronts, revocation()]);
  return faults.reduce((sum, each) => sum + each, 0);

  /** Once, since a replica asks for another token once a minute. */
  async function revocation(): Promise<number> {
    await chanceOf(seed, 'revocation').pause(2000, 12_000, signal);
    if (signal.aborted) return 0;
    azure.revokeTokens();
    return 1;
  }

  async function over(place: string, strike: (chance: Chance) => () => void): Promise<number> {
    const chance = chanceOf(seed, `weather over ${place}`);
    let faults = 0;
    while (!signal.aborted) {
      await chance.pause(200, 2500, signal);
      const end = strike(chance);
      faults += 1;
      await chance.pause(500, 2500, signal);
      end();
    }
    return faults;
  }
}
