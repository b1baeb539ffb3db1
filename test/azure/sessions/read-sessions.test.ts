import { beforeEach, describe, expect, it } from '@jest/globals';
import type { ReadingResult } from '../../../src/domain/sessions/reading.ts';
import type { Haste } from '../../../src/ports/bastion.ts';
import type { AnswerStyle, Fault, Style } from '../../simulator/azure/behaviour.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';
import type { ArmErrorOptions } from '../../simulator/azure/reply.ts';
import { azureUnderTest, credentialOf, known } from '../azure-under-test.ts';

const { azure, bastion, logged } = azureUnderTest({ budgets: 'unlimited' });
const startedAt = Date.UTC(2026, 10, 3, 9, 5, 7, 123);
const styles: readonly AnswerStyle[] = [
  'sync',
  '200-with-stale-headers',
  'location',
  'moving-location',
  'async-operation',
  'both',
  'async-only-output',
  'status-in-location',
];
let host: SimulatedHost;

beforeEach(() => {
  host = busyHost('bastion-1');
});

function busyHost(name: string): SimulatedHost {
  const added = azure().addHost({ name });
  added.startSession({ id: 's1', vm: 'vm-1', login: 'alice', protocol: 'rdp', startedAt });
  added.startSession({ id: 's2', vm: 'vm-2', login: '', protocol: 'ssh', startedAt });
  return added;
}

async function read(haste: Haste = 'waiting', of = host): Promise<ReadingResult> {
  return bastion().readSessions(known(of), haste);
}

async function readIds(haste?: Haste, of = host): Promise<readonly string[] | string> {
  const result = await read(haste, of);
  return result.ok ? result.sessions.map(({ sessionId }) => sessionId) : result.failure.kind;
}

/** One host for each kind of operation, each read once; what came of each is under the name of its kind. */
async function readIdsInEveryStyle(
  change: Partial<Style>,
): Promise<Record<string, readonly string[] | string>> {
  const results = styles.map(async (answer) => {
    const styled = busyHost(`bastion-${answer}`);
    styled.behave({ ...change, answer });
    return [answer, await readIds('waiting', styled)] as const;
  });
  return Object.fromEntries(await Promise.all(results));
}

function everyStyle<T>(result: T): Record<string, T> {
  return Object.fromEntries(styles.map((answer) => [answer, result]));
}

describe('an answer', () => {
  it('becomes sessions with every field of it', async () => {
    expect(await read()).toEqual({
      ok: true,
      sessions: [
        {
          hostId: host.id.toLowerCase(),
          sessionId: 's1',
          startedAt,
          startedAtFrom: 'given',
          vm: {
            name: 'vm-1',
            address: '10.0.0.0',
            resourceId: expect.stringMatching(/\/virtualMachines\/vm-1$/),
          },
          vmLogin: 'alice',
          protocol: 'rdp',
          resourceType: 'VM',
        },
        expect.objectContaining({ sessionId: 's2', vmLogin: '', protocol: 'ssh' }),
      ],
    });
  });

  it.each<Style['body'] & string>(['value', 'array'])(
    'is read as `%s` from every kind of operation',
    async (body) => {
      expect(await readIdsInEveryStyle({ body, readyAfterMs: 120 })).toEqual(everyStyle(['s1', 's2']));
    },
  );

  it.each<Haste>(['waiting', 'background'])('is fetched %s', async (haste) => {
    host.behave({ answer: 'both', readyAfterMs: 300 });
    expect(await readIds(haste)).toEqual(['s1', 's2']);
  });

  it('without sessions is an empty list, in every form that a list has', async () => {
    const lists = [
      [],
      { value: [] },
      { value: [], nextLink: null },
      { value: null },
      { value: null, nextLink: '' },
    ];
    for (const json of [...lists, ...lists.map((output) => ({ properties: { output } }))]) {
      expect(await readIdsInEveryStyle({ body: { json } })).toEqual(everyStyle([]));
    }
  });

  it('is put together from all its pages', async () => {
    for (let index = 3; index <= 7; index++) host.startSession({ id: `s${index}`, vm: `vm-${index}` });
    for (const answer of ['sync', 'location', 'async-only-output'] as const) {
      host.behave({ answer, pageSize: 2 });
      expect(await readIds()).toEqual(['s1', 's2', 's3', 's4', 's5', 's6', 's7']);
    }
  });

  it('that keeps the client address undocumented still shows it', async () => {
    for (const field of ['clientIpAddress', 'clientIP', 'sourceIpAddress', 'clientAddress']) {
      host.behaveNormally();
      host.behave({ extraFields: { [field]: '203.0.113.7' } });
      const result = await read();
      expect(result.ok && result.sessions[0]?.clientAddress).toBe('203.0.113.7');
    }
  });

  it.each(['web000003', '', 'web/3'])(
    'shows an instance of a scale set as such, named %j',
    async (targetHostName) => {
      const targetResourceId =
        '/subscriptions/1/resourceGroups/rg/providers/Microsoft.Compute/virtualmachinescalesets/web/virtualMachines/3';
      host.behave({
        answer: 'sync',
        body: { json: [{ sessionId: 's1', targetHostName, targetResourceId }] },
      });
      expect(await read()).toMatchObject({
        sessions: [{ vm: { name: 'web/3', resourceId: targetResourceId } }],
      });
    },
  );

  it('whose items lack fields is still a list of sessions', async () => {
    host.behave({ answer: 'sync', body: { json: [{}, { targetResourceId: '/a/b/vm-9', userName: null }] } });
    expect(await read()).toMatchObject({
      ok: true,
      sessions: [
        {
          sessionId: '',
          vm: { name: 'unknown' },
          vmLogin: '',
          protocol: 'unknown',
          startedAtFrom: 'reading',
        },
        { sessionId: '', vm: { name: 'vm-9', resourceId: '/a/b/vm-9' }, vmLogin: '' },
      ],
    });
  });
});

describe('an answer without a list of sessions is not understood, never empty:', () => {
  it.each<[string, Partial<Style>]>([
    ['an empty body', { body: { json: undefined } }],
    ['204', { status: 204, body: { json: undefined } }],
    ['null', { body: { json: null } }],
    ['an empty object', { body: { json: {} } }],
    ['an object as value', { body: { json: { value: { 0: {} } } } }],
    ['a list with null in it', { body: { json: [null] } }],
    ['a list of strings', { body: { json: { value: ['s1'] } } }],
    ['a string', { body: { text: '"s1"' } }],
    ['a page of HTML', { body: { text: '<html>maintenance</html>' } }],
    ['half a list', { body: { text: '{"value":[{"sessionId":"s1"' } }],
    ['an output of null', { body: { json: { properties: { output: null } } } }],
    ['an output without a list', { body: { json: { properties: { output: {} } } } }],
    ['a next link that is a number', { body: { json: { value: [], nextLink: 7 } } }],
    ['a next link that is no address', { body: { json: { value: [], nextLink: 'https://' } } }],
  ])('%s', async (_name, style) => {
    expect(await readIdsInEveryStyle(style)).toEqual(everyStyle('not-understood'));
  });

  it('202 without an address to follow', async () => {
    host.behave({ answer: '202-without-headers' });
    expect(await readIds()).toBe('not-understood');
    expect(logged()).toEqual([
      expect.objectContaining({ status: 202, what: 'an operation without an address to follow' }),
    ]);
  });

  it('a next page that leads to itself', async () => {
    host.behave({ answer: 'sync', pageSize: 0 });
    expect(await readIds()).toBe('not-understood');
  });
});

describe('an operation', () => {
  it('that failed says so with its code, by whichever protocol', async () => {
    const operationError = { code: 'InternalBastionError' };
    for (const answer of ['location', 'async-operation', 'both', 'status-in-location'] as const) {
      host.behave({ answer, operationError });
      expect(await read()).toMatchObject({ failure: { kind: 'failed', ...operationError } });
    }
    expect(azure().requests.count(({ kind }) => kind === 'poll')).toBe(4);
  });

  it('that Azure has lost is started once more', async () => {
    host.behave({ error: { status: 404, code: 'NotFound' }, on: 'poll', times: 1 });
    expect(await readIds()).toEqual(['s1', 's2']);
    expect(azure().requests.count(({ kind }) => kind === 'sessions')).toBe(2);
  });

  it('that Azure loses twice has failed, and its host is not gone', async () => {
    host.behave({ error: { status: 404, code: 'ResourceNotFound' }, on: 'poll' });
    expect(await readIds()).toBe('failed');
    expect(azure().requests.count(({ kind }) => kind === 'sessions')).toBe(2);
  });

  it.each<[string, Fault]>([
    ['500', { error: { status: 500, code: 'InternalServerError' } }],
    ['503', { error: { status: 503, code: 'ServiceUnavailable' } }],
    ['429 that names a short wait', { error: { status: 429, code: 'TooManyRequests', retryAfter: 0 } }],
    ['a lock by another operation', { error: { status: 429, code: 'RetryableErrorDueToAnotherOperation' } }],
    ['a torn connection', { reset: true }],
  ])('survives %s while it runs', async (_name, fault) => {
    host.behave({ ...fault, on: 'poll', times: 1 });
    expect(await readIds()).toEqual(['s1', 's2']);
    expect(azure().requests.count(({ kind }) => kind === 'sessions')).toBe(1);
  });

  it('does not survive a trouble that lasts', async () => {
    host.behave({ error: { status: 502, code: 'BadGateway' }, on: 'poll' });
    expect(await readIds()).toBe('failed');
    expect(azure().requests.count(({ kind }) => kind === 'poll')).toBe(4);
  });

  it('is given up at once when its polls are throttled for longer than anybody waits', async () => {
    host.behave({ error: { status: 429, code: 'TooManyRequests', retryAfter: 300 }, on: 'poll' });
    expect(await readIds()).toBe('throttled');
    expect(azure().requests.count(({ kind }) => kind === 'poll')).toBe(1);
  });

  it('is asked about every tenth of a second for a person who waits, whatever Retry-After says', async () => {
    for (const retryAfter of [undefined, 10]) {
      // Who waits is asked to wait for ten seconds at most: not long enough for ten answers at any other pace.
      host.behave({ readyAfterPolls: 10, ...(retryAfter !== undefined && { retryAfter }) });
      expect(await readIds('waiting')).toEqual(['s1', 's2']);
    }
  });

  it('is asked about no sooner than Retry-After says in the background', async () => {
    host.behave({ retryAfter: 1 });
    expect(await readIds('background')).toEqual(['s1', 's2']);
    const [started, polled] = azure().requests.all();
    expect((polled?.at ?? 0) - (started?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });
});

describe('a refusal', () => {
  it.each<[number, string, object]>([
    [404, 'SubscriptionNotFound', { kind: 'failed', code: 'SubscriptionNotFound' }],
    [409, 'ScopeLocked', { kind: 'locked' }],
    [409, 'AnotherOperationInProgress', { kind: 'busy' }],
    [429, 'RetryableErrorDueToAnotherOperation', { kind: 'busy' }],
    [409, 'Conflict', { kind: 'failed', code: 'Conflict' }],
    [408, 'RequestTimeout', { kind: 'failed', code: 'RequestTimeout' }],
    [400, 'OperationNotAllowed', { kind: 'unsupported', code: 'OperationNotAllowed' }],
    [405, 'MethodNotAllowed', { kind: 'unsupported', code: 'MethodNotAllowed' }],
    [500, 'InternalServerError', { kind: 'failed', code: 'InternalServerError' }],
    [
      403,
      'AuthorizationFailed',
      { kind: 'forbidden', action: 'Microsoft.Network/bastionHosts/getActiveSessions/action' },
    ],
  ])('%i %s has its own name', async (status, code, failure) => {
    host.behave({ error: { status, code } });
    expect(await read()).toEqual({ ok: false, failure: { ...failure, reference: expect.any(String) } });
    expect(azure().requests.count(({ kind }) => kind === 'sessions')).toBe(1);
  });

  it('names the missing right as Azure does, and no object id', async () => {
    azure().deny('Microsoft.Network/locations/operationResults/read');
    const result = await read();
    azure().allow('Microsoft.Network/locations/operationResults/read');
    expect(result).toMatchObject({
      failure: { kind: 'forbidden', action: 'Microsoft.Network/locations/operationResults/read' },
    });
    expect(JSON.stringify([result, logged()])).not.toContain('c0ffee00');
  });

  it('by throttling says until when', async () => {
    const begunAt = Date.now();
    const inAMinute = new Date(begunAt + 60_000).toUTCString();
    const waits: [string | number | undefined, number][] = [
      [7, 7000],
      [inAMinute, 60_000],
      [undefined, 20_000],
      ['soon', 20_000],
    ];
    for (const [retryAfter, waitMs] of waits) {
      const error = { status: 429, code: 'TooManyRequests', ...(retryAfter !== undefined && { retryAfter }) };
      host.behave({ error, times: 1 });
      const result = await read();
      const retryAt = !result.ok && result.failure.kind === 'throttled' ? result.failure.retryAt : 0;
      // Dates come in whole seconds.
      expect(retryAt).toBeGreaterThan(begunAt + waitMs - 1000);
      expect(retryAt).toBeLessThanOrEqual(Date.now() + waitMs);
    }
  });

  it.each<[string, Partial<ArmErrorOptions>, object, number]>([
    [
      'of a lock, inside another error',
      {
        code: 'RetryableError',
        details: [
          {
            code: 'RetryableErrorDueToAnotherOperation',
            message: 'Operation PutSubnet is updating resource vnet. The call can be retried in 14 seconds.',
          },
        ],
      },
      { kind: 'busy' },
      14_000,
    ],
    [
      'in a sentence',
      { code: 'SubscriptionRequestsThrottled', message: "Please try again after '2' minutes." },
      { kind: 'throttled', of: 'subscription' },
      120_000,
    ],
    [
      'in a field of a detail',
      { code: 'TooManyRequests', details: [{ code: 'Inner', details: [{ retryAfter: 33 }] }] },
      { kind: 'throttled', of: 'host' },
      33_000,
    ],
    [
      'an hour at most, whatever stands there',
      { code: 'TooManyRequests', details: [{ code: 'Inner', retryAfter: 1e300 }] },
      { kind: 'throttled', of: 'host' },
      3_600_000,
    ],
    [
      'of a server that needs rest',
      { status: 503, code: 'ServiceUnavailable', retryAfter: 21 },
      { kind: 'failed', code: 'ServiceUnavailable' },
      21_000,
    ],
    [
      'for a budget that is used up',
      { code: 'Anything', headers: { 'x-ms-ratelimit-remaining-subscription-writes': '0' }, retryAfter: 1 },
      { kind: 'throttled', of: 'subscription' },
      1000,
    ],
  ])('tells the wait %s', async (_where, error, failure, waitMs) => {
    const begunAt = Date.now();
    host.behave({ error: { status: 429, code: 'TooManyRequests', ...error } });
    const result = await read();
    const { retryAt = 0, ...rest } = result.ok ? {} : result.failure;
    expect(rest).toMatchObject(failure);
    expect(retryAt).toBeGreaterThanOrEqual(begunAt + waitMs);
    expect(retryAt).toBeLessThanOrEqual(Date.now() + waitMs);
  });

  it.each([407, 400, 425])('of something on the way says nothing of the host: %d', async (status) => {
    host.behave({ answer: 'sync', status, body: { text: '<html>proxy</html>' } });
    expect(await read()).toMatchObject({ failure: { kind: 'failed', code: `HTTP ${status}` } });
  });

  it('of the next page says nothing of the host', async () => {
    host.behave({ pageSize: 1, error: { status: 400, code: 'InvalidSkipToken' }, on: 'page' });
    expect(await read()).toMatchObject({ failure: { kind: 'failed', code: 'InvalidSkipToken' } });
  });

  it('without a body in the style of Resource Manager has its status as the code', async () => {
    host.behave({ answer: 'sync', status: 502, body: { text: '<html>Bad Gateway</html>' } });
    expect(await read()).toMatchObject({ failure: { kind: 'failed', code: 'HTTP 502' } });
  });

  it('is logged once with what support asks for, and without its body', async () => {
    host.behave({ error: { status: 500, code: 'InternalServerError', message: 'object id 4711' } });
    const result = await read();
    const { clientRequestId, correlationId, ...entry } = logged()[0] ?? {};
    expect(entry).toEqual({
      doing: 'list sessions',
      hostId: host.id.toLowerCase(),
      failure: 'failed',
      status: 500,
      code: 'InternalServerError',
    });
    const [request] = azure().requests.all();
    expect(clientRequestId).toBe(request?.headers['x-ms-client-request-id']);
    expect(correlationId).toBe(request?.correlationId);
    expect(result).toMatchObject({ failure: { reference: correlationId } });
    expect(logged()).toHaveLength(1);
    expect(JSON.stringify(logged())).not.toContain('4711');
  });
});

describe('a host that is out of reach', () => {
  it.each<[string, Fault]>([
    ['hangs', { hang: true }],
    ['hangs while its operation runs', { hang: true, on: 'poll' }],
  ])('%s: is waited for until the deadline and no longer', async (_name, fault) => {
    host.behave(fault);
    const impatient = bastion({ deadlinesMs: { waiting: 300 } });
    const begunAt = performance.now();
    expect(await impatient.readSessions(known(host), 'waiting')).toEqual({
      ok: false,
      failure: { kind: 'timed-out' },
    });
    expect(performance.now() - begunAt).toBeGreaterThanOrEqual(290);
  });

  it('never gets ready: is waited for until the deadline and no longer', async () => {
    host.behave({ readyAfterMs: 60_000, retryAfter: 30 });
    const impatient = bastion({ deadlinesMs: { background: 300 } });
    expect(await impatient.readSessions(known(host), 'background')).toMatchObject({
      failure: { kind: 'timed-out' },
    });
  });

  it('never gets ready: is not asked any more after the deadline', async () => {
    const slow = busyHost('bastion-slow');
    slow.behave({ readyAfterMs: 400 });
    const hopeless = azure().addHost({ name: 'bastion-hopeless', location: 'nowhere' });
    hopeless.behave({ readyAfterMs: 60_000 });
    const polls = () => azure().requests.count(({ path }) => path.includes('/nowhere/'));
    await bastion({ deadlinesMs: { waiting: 2000 } }).readSessions(known(hopeless), 'waiting');
    const asked = polls();
    expect(asked).toBeGreaterThan(0);
    expect(await readIds('waiting', slow)).toEqual(['s1', 's2']);
    expect(polls()).toBe(asked);
  });

  it('tears the connection: is unreachable', async () => {
    host.behave({ reset: true });
    expect(await readIds()).toBe('unreachable');
    expect(logged()).toEqual([expect.objectContaining({ code: 'ECONNRESET' })]);
  });

  it('has nobody listening: is unreachable', async () => {
    const nowhere = bastion({ resourceManagerUrl: 'https://127.0.0.1:1' });
    expect(await nowhere.readSessions(known(host), 'waiting')).toEqual({
      ok: false,
      failure: { kind: 'unreachable' },
    });
  });

  it('cannot be asked without a token, or with a credential that hangs', async () => {
    const failing = bastion({
      credential: credentialOf(async () => Promise.reject(new Error('AADSTS700016: no'))),
    });
    expect(await failing.readSessions(known(host), 'waiting')).toEqual({
      ok: false,
      failure: { kind: 'signed-out', because: 'no-token' },
    });
    expect(logged()).toEqual([expect.objectContaining({ code: 'AADSTS700016' })]);
    const hanging = bastion({
      credential: credentialOf(async () => new Promise(() => undefined)),
      deadlinesMs: { waiting: 100, token: 100 },
    });
    expect(await hanging.readSessions(known(host), 'waiting')).toEqual({
      ok: false,
      failure: { kind: 'timed-out' },
    });
    expect(azure().requests.count(({ kind }) => kind === 'sessions')).toBe(0);
  });
});

describe('what is known of a host', () => {
  it('is gone when Azure, asked for it, no longer has it', async () => {
    azure().removeHost(host);
    expect(await readIds()).toBe('host-gone');
    expect(
      azure()
        .requests.all(({ kind }) => kind !== 'token')
        .map(({ kind }) => kind),
    ).toEqual(['sessions', 'host']);
  });

  it.each(['ResourceNotFound', 'ResourceGroupNotFound'])(
    'is not gone for a %s as long as Azure still has it',
    async (code) => {
      host.behave({ error: { status: 404, code }, on: 'sessions' });
      expect(await read()).toMatchObject({ ok: false, failure: { kind: 'failed', code } });
    },
  );

  it.each<[string, Fault]>([
    ['another 404', { error: { status: 404, code: 'SubscriptionNotFound' } }],
    ['an error', { error: { status: 500, code: 'InternalServerError' } }],
    ['a torn connection', { reset: true }],
  ])('is not gone where asking for it ends in %s', async (_name, fault) => {
    host.behave({ error: { status: 404, code: 'ResourceNotFound' }, on: 'sessions' });
    host.behave({ ...fault, on: 'host' });
    expect(await read()).toMatchObject({ ok: false, failure: { kind: 'failed', code: 'ResourceNotFound' } });
  });

  it('is asked with one token, our name and one api-version', async () => {
    await read();
    await read();
    const asked = azure().requests.all(({ kind }) => kind === 'sessions' || kind === 'poll');
    expect(asked.length).toBeGreaterThanOrEqual(4);
    for (const { headers, query } of asked) {
      expect(query.getAll('api-version')).toEqual(['2025-05-01']);
      expect(headers['user-agent']).toMatch(/^bastion-bot\/0\.0\.0 azsdk-js-arm-network/);
    }
    expect(azure().requests.count(({ kind }) => kind === 'token')).toBeLessThanOrEqual(1);
  });

  it('is throttled by the budget of its subscription, without a retry', async () => {
    const { startAzure } = await import('../../simulator/azure/azure-simulator.ts');
    const scarce = await startAzure({
      budgets: { reads: { size: 9, perSecond: 1 }, writes: { size: 1, perSecond: 0.1 } },
    });
    const scarceHost = scarce.addHost({ name: 'bastion-scarce' });
    const asking = bastion({ resourceManagerUrl: scarce.url });
    expect(await asking.readSessions(known(scarceHost), 'waiting')).toMatchObject({ ok: true });
    expect(await asking.readSessions(known(scarceHost), 'waiting')).toMatchObject({
      failure: { kind: 'throttled' },
    });
    expect(scarce.requests.count(({ kind }) => kind === 'sessions')).toBe(2);
    await scarce.stop();
  });
});
