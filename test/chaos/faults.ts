import type { SimulatedHost } from '../simulator/azure/host.ts';
import type { DeliveryFault } from '../simulator/slack/delivery.ts';
import type { Fault } from '../simulator/slack/faults.ts';
import { alerts, approvals } from './stage.ts';

export const slackFaults: readonly Fault[] = [
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
export const namedFaults = {
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
export const namedNames = [
  'not found for a while',
  'wait nested in an error',
  'answer without measure',
] as const;

export const hostFaults: readonly HostFault[] = [
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

export const deliveryFaults: readonly DeliveryFault[] = [
  { type: 'interactive', times: 2, copies: 2 },
  { times: 1, latencyMs: 500 },
];
