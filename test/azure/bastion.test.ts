import { beforeEach, describe, expect, it } from '@jest/globals';
import type { DisconnectAnswer } from '../../src/ports/bastion.ts';
import type { AnswerStyle, DisconnectOutcome, Fault } from '../simulator/azure/behaviour.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { azureUnderTest, credentialOf, known } from './azure-under-test.ts';

const { azure, bastion, logged } = azureUnderTest();
let host: SimulatedHost;

beforeEach(() => {
  host = azure().addHost({ name: 'bastion-1' });
  host.startSession({ id: 's1', vm: 'vm-1' });
  host.startSession({ id: 's2', vm: 'vm-2' });
});

async function disconnect(...sessionIds: readonly string[]): Promise<DisconnectAnswer> {
  const ids = sessionIds.length > 0 ? sessionIds : ['s1'];
  return bastion({ deadlinesMs: { disconnect: 400 } }).disconnect(known(host), ids);
}

describe('a disconnect of several', () => {
  it('is one call, which says what became of them', async () => {
    expect(await disconnect('s1', 's2')).toEqual({ ok: true, state: 'Disconnected' });
    expect(host.sessions()).toEqual([]);
    expect(azure().requests.count(({ kind }) => kind === 'disconnect')).toBe(1);
  });

  it("says each of Azure's words once", async () => {
    expect(await disconnect('s1', 'gone')).toEqual({ ok: true, state: 'Disconnected, NotFound' });
  });

  it('is never of none, of more than a call takes, or of one without an id', async () => {
    const ids = Array.from({ length: 21 }, (_, index) => `s${index}`);
    await expect(disconnect(...ids)).rejects.toThrow('A call ends 1 to 20 sessions, not 21');
    await expect(bastion().disconnect(known(host), [])).rejects.toThrow('not 0');
    await expect(disconnect('s1', '')).rejects.toThrow('without an id');
    expect(host.sessions()).toHaveLength(2);
  });
});

describe('a disconnect', () => {
  it('ends this session and no other', async () => {
    expect(await disconnect()).toEqual({ ok: true, state: 'Disconnected' });
    expect(host.sessions().map(({ id }) => id)).toEqual(['s2']);
  });

  it('is one request with the ids in an object', async () => {
    await disconnect();
    expect(azure().requests.all(({ kind }) => kind !== 'token')).toMatchObject([
      { kind: 'disconnect', body: { sessionIds: ['s1'] }, status: 200 },
    ]);
  });

  it.each<AnswerStyle>(['sync', 'location', 'async-operation', 'both', 'async-only-output'])(
    'is understood as `%s`, in both bodies',
    async (disconnectAnswer) => {
      for (const [id, disconnectBody] of [
        ['s1', 'value'],
        ['s2', 'array'],
      ] as const) {
        host.behave({ disconnectAnswer, disconnectBody });
        expect(await disconnect(id)).toEqual({ ok: true, state: 'Disconnected' });
      }
      expect(host.disconnects).toEqual(['s1', 's2']);
    },
  );

  it.each<[DisconnectOutcome, string]>([
    ['stays', 'Disconnected'],
    ['fails', 'Failed'],
    ['not-found', 'NotFound'],
  ])('that %s has the state that Azure names: %s', async (outcome, state) => {
    host.behave({ disconnect: outcome });
    expect(await disconnect()).toEqual({ ok: true, state });
    expect(host.sessions()).toHaveLength(2);
  });

  it('of an unknown session answers NotFound', async () => {
    expect(await disconnect('s9')).toEqual({ ok: true, state: 'NotFound' });
  });

  it('of a session without an id is never sent', async () => {
    await expect(disconnect('')).rejects.toThrow('without an id');
    expect(azure().requests.count(({ kind }) => kind === 'disconnect')).toBe(0);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty object', {}],
    ['an empty list', []],
    ['another session', { value: [{ sessionId: 's2', state: 'Disconnected' }] }],
    ['no state', { value: [{ sessionId: 's1' }] }],
  ])('answered with %s is not understood', async (_name, json) => {
    host.behave({ disconnectBody: { json } });
    expect(await disconnect()).toMatchObject({ ok: false, failure: { kind: 'not-understood' } });
  });

  it.each<[string, Fault | { disconnect: DisconnectOutcome }, string]>([
    ['an error after the deed', { disconnect: 'error-after' }, 'failed'],
    ['silence after the deed', { disconnect: 'hang-after' }, 'timed-out'],
    ['a torn connection', { reset: true }, 'unreachable'],
    ['503', { error: { status: 503, code: 'ServiceUnavailable' } }, 'failed'],
    ['503 with a wait', { error: { status: 503, code: 'ServiceUnavailable', retryAfter: 0 } }, 'failed'],
    ['429 with a wait', { error: { status: 429, code: 'TooManyRequests', retryAfter: 0 } }, 'throttled'],
    ['a lock', { error: { status: 409, code: 'ScopeLocked' } }, 'locked'],
  ])('answered with %s is not sent again', async (_name, behaviour, kind) => {
    host.behave(behaviour);
    expect(await disconnect()).toMatchObject({ ok: false, failure: { kind } });
    expect(azure().requests.count((request) => request.kind === 'disconnect')).toBe(1);
    expect(logged()).toEqual([expect.objectContaining({ doing: 'disconnect a session', failure: kind })]);
  });

  it.each<[string, Fault['error'] & object, string]>([
    ['throttled', { status: 429, code: 'TooManyRequests', retryAfter: 60 }, 'throttled'],
    ['in the way of another operation', { status: 429, code: 'RetryableErrorDueToAnotherOperation' }, 'busy'],
    ['in conflict', { status: 409, code: 'Conflict' }, 'failed'],
    ['in conflict with a change', { status: 409, code: 'AnotherOperationInProgress' }, 'busy'],
    ['without a token that Azure takes', { status: 401, code: 'InvalidAuthenticationToken' }, 'signed-out'],
    ['without the right', { status: 403, code: 'AuthorizationFailed' }, 'forbidden'],
    ['locked', { status: 409, code: 'ScopeLocked' }, 'locked'],
  ])('%s is known to have done nothing', async (_why, error, kind) => {
    host.behave({ error, on: 'disconnect' });
    expect(await disconnect()).toMatchObject({ ok: false, nothingDone: true, failure: { kind } });
    expect(host.sessions()).toHaveLength(2);
  });

  it('that never left for want of a token is known to have done nothing', async () => {
    const credential = credentialOf(async () => Promise.reject(new Error('no identity endpoint')));
    const answer = await bastion({ credential }).disconnect(known(host), ['s1']);
    expect(answer).toMatchObject({ ok: false, nothingDone: true, failure: { kind: 'signed-out' } });
    expect(azure().requests.count(({ kind }) => kind === 'disconnect')).toBe(0);
  });

  it.each<[string, Fault & { disconnect?: DisconnectOutcome }]>([
    ['fails after the deed', { disconnect: 'error-after' }],
    ['is silent after the deed', { disconnect: 'hang-after' }],
    ['has its connection torn', { reset: true }],
    ['is not found', { error: { status: 404, code: 'ResourceNotFound' } }],
    ['is given up by the gateway', { error: { status: 408, code: 'RequestTimeout' } }],
  ])('that %s may have been done', async (_what, behaviour) => {
    host.behave(behaviour);
    expect(await disconnect()).toMatchObject({ ok: false, nothingDone: false });
  });

  it.each([401, 403, 409, 429])('that was accepted may be done, whatever a poll says: %d', async (status) => {
    host.behave({ disconnectAnswer: 'location', error: { status, code: 'Conflict' }, on: 'poll' });
    expect(await disconnect()).toMatchObject({ ok: false, nothingDone: false });
    expect(host.disconnects).toEqual(['s1']);
  });

  it('whose operation Azure has lost is not sent again', async () => {
    host.behave({ disconnectAnswer: 'location', error: { status: 404, code: 'NotFound' }, on: 'poll' });
    expect(await disconnect()).toMatchObject({ ok: false, failure: { kind: 'failed', code: 'NotFound' } });
    expect(host.disconnects).toEqual(['s1']);
  });

  it('without the right names it', async () => {
    const action = 'Microsoft.Network/bastionHosts/disconnectActiveSessions/action';
    azure().deny(action);
    const answer = await disconnect();
    azure().allow(action);
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'forbidden', action } });
    expect(host.sessions()).toHaveLength(2);
  });

  it('on a host that is not found says no more than that', async () => {
    azure().removeHost(host);
    expect(await disconnect()).toMatchObject({
      ok: false,
      failure: { kind: 'failed', code: 'ResourceNotFound' },
    });
  });
});
