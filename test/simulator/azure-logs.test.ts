import type { LogsQueryClientOptions, LogsTable } from '@azure/monitor-query-logs';
import {
  KnownMonitorLogsQueryAudience,
  LogsQueryClient,
  LogsQueryResultStatus,
} from '@azure/monitor-query-logs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { AzureSimulator } from './azure/azure-simulator.ts';
import { startAzure } from './azure/azure-simulator.ts';
import type { SimulatedHost } from './azure/host.ts';
import { logsBudget } from './azure/logs/budget.ts';

const audience = KnownMonitorLogsQueryAudience.AzurePublicCloud;
const all = 'MicrosoftAzureBastionAuditLogs';
const day = { duration: 'P1D' };
const minute = 60_000;
const refusal = z.object({ error: z.object({ code: z.string() }) });
let azure: AzureSimulator;

beforeAll(async () => {
  azure = await startAzure({ logsBudget: 'unlimited' });
});
afterEach(() => {
  for (const host of azure.hosts()) azure.removeHost(host);
  azure.logs.behaveNormally();
  azure.logs.clear();
  azure.requests.clear();
});
afterAll(async () => azure.stop());

async function tokenFor(resource: string, of = azure): Promise<string> {
  const { IDENTITY_ENDPOINT = '', IDENTITY_HEADER = '' } = of.environment;
  const url = `${IDENTITY_ENDPOINT}?api-version=2019-08-01&resource=${encodeURIComponent(resource)}`;
  const response = await fetch(url, { headers: { 'x-identity-header': IDENTITY_HEADER } });
  return z.object({ access_token: z.string() }).parse(await response.json()).access_token;
}

function client(of = azure, options: LogsQueryClientOptions = {}): LogsQueryClient {
  const credential = {
    getToken: async (scopes: string | string[]) => {
      const token = await tokenFor(String(scopes).replace('/.default', ''), of);
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  };
  return new LogsQueryClient(credential, {
    endpoint: `${of.logs.url}/v1`,
    credentials: { scopes: [`${audience}/.default`] },
    retryOptions: { maxRetries: 0 },
    ...options,
  });
}

const query = async (kql = all, timespan: { duration: string } = day) =>
  client().queryWorkspace(azure.logs.workspaceId, kql, timespan);

/** The rows of an answer that is whole, each under the names of its columns. */
async function read(kql?: string, timespan?: { duration: string }) {
  return named(await query(kql, timespan));
}

function named(result: Awaited<ReturnType<LogsQueryClient['queryWorkspace']>>) {
  if (result.status !== LogsQueryResultStatus.Success) throw new Error(result.status);
  return result.tables.flatMap(fieldsOf);
}

function fieldsOf({ columnDescriptors, rows }: LogsTable): readonly Record<string, unknown>[] {
  const names = columnDescriptors.map(({ name }) => name);
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [names[index] ?? '', cell])));
}

const post = async (path: string, { body = JSON.stringify({ query: all }), headers = {} }: Posted = {}) =>
  fetch(`${azure.logs.url}${path}`, {
    method: 'POST',
    body,
    headers: {
      authorization: `Bearer ${await tokenFor(audience)}`,
      'content-type': 'application/json',
      ...headers,
    },
  });

interface Posted {
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function hostWithSession(): SimulatedHost {
  const host = azure.addHost({ name: 'Bastion-1' });
  const origin = { entraUser: 'ann@example.com', clientAddress: '203.0.113.7', userAgent: 'Edge' };
  host.startSession({ id: 's1', vm: 'vm-1', login: 'root', ageMs: 5 * minute, origin });
  return host;
}

describe('the rows of a session', () => {
  it('say who began it, from where and to what', async () => {
    const host = hostWithSession();
    const [session] = host.sessions();
    const [row, ...more] = await read();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      TenantId: azure.logs.workspaceId,
      TimeGenerated: new Date(session?.startedAt ?? 0),
      Time: new Date(session?.startedAt ?? 0),
      SessionStartTime: new Date(session?.startedAt ?? 0),
      SessionEndTime: '',
      Duration: null,
      Message: 'Successfully Connected.',
      UserName: 'root',
      UserEmail: 'ann@example.com',
      ClientIpAddress: '203.0.113.7',
      UserAgent: 'Edge',
      Protocol: 'ssh',
      TunnelId: 's1',
      _ResourceId: host.id.toLowerCase(),
    });
    expect(row?.['TargetResourceId']).toMatch(/^\/SUBSCRIPTIONS\/.*\/VIRTUALMACHINES\/VM-1$/);
    expect(row?.['TargetVMIPAddress']).toMatch(/^10\.0\.0\.0(:22)?$/);
  });

  it('say when it ended, once it has', async () => {
    const host = hostWithSession();
    host.endSession('s1');
    const endedAt = host.endedAt.get('s1') ?? 0;
    const [, row] = await read(`${all} | order by TimeGenerated asc`);
    expect(row).toMatchObject({ TunnelId: 's1', UserName: 'root', TimeGenerated: new Date(endedAt) });
    expect(new Date(String(row?.['SessionEndTime'])).getTime()).toBe(endedAt);
    expect(row?.['Duration']).toBeGreaterThanOrEqual(5 * minute);
  });

  it('may leave out at the end who was on it', async () => {
    azure.logs.endRowsAreBare = true;
    hostWithSession().endSession('s1');
    const [, row] = await read(`${all} | order by TimeGenerated asc`);
    expect(row).toMatchObject({ TunnelId: 's1', UserName: '', UserEmail: '', ClientIpAddress: '' });
  });

  it('carry an id of their own, are not written at all, or say little', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    host.startSession({ vm: 'vm-1', login: 'a', origin: { tunnelId: 'other' } });
    host.startSession({ vm: 'vm-2', login: 'b', origin: 'none' });
    host.startSession({ vm: 'vm-3', login: 'c', id: 's3' });
    const found = await read(`${all} | project UserName, TunnelId, UserEmail, ClientIpAddress`);
    expect(found).toEqual([
      {
        UserName: 'a',
        TunnelId: 'other',
        UserEmail: '',
        ClientIpAddress: expect.stringMatching(/^203\.0\.113\.\d+$/),
      },
      {
        UserName: 'c',
        TunnelId: 's3',
        UserEmail: '',
        ClientIpAddress: expect.stringMatching(/^203\.0\.113\.\d+$/),
      },
    ]);
  });

  it('outlive the session and its host', async () => {
    const host = hostWithSession();
    host.endSession('s1');
    azure.removeHost(host);
    expect(await read()).toHaveLength(2);
  });

  it('can be read late: all of them, or those of one session', async () => {
    azure.logs.latenessMs = 60 * minute;
    const host = hostWithSession();
    host.startSession({ id: 's2', vm: 'vm-2', ageMs: minute, origin: { latenessMs: 0 } });
    host.startSession({ id: 's3', vm: 'vm-3', ageMs: 61 * minute });
    const tunnels = async () => (await read(`${all} | project TunnelId`)).map(({ TunnelId }) => TunnelId);
    expect(await tunnels()).toEqual(['s2', 's3']);
    azure.logs.deliver('s1');
    expect(await tunnels()).toEqual(['s1', 's2', 's3']);
    host.startSession({ id: 's4', vm: 'vm-4' });
    expect(await tunnels()).not.toContain('s4');
    azure.logs.latenessMs = 0;
    expect(await tunnels()).toContain('s4');
  });

  it('say when they came', async () => {
    azure.logs.latenessMs = 3 * minute;
    hostWithSession();
    const [row] = await read(
      `${all} | project Late = ingestion_time() - TimeGenerated, Old = now() - TimeGenerated`,
    );
    expect(row?.['Late']).toBe('00:03:00');
    expect(String(row?.['Old'])).toMatch(/^00:05:0/);
  });

  it('are written by a clock that may be wrong', async () => {
    azure.logs.clockOffsetMs = -20 * minute;
    const host = hostWithSession();
    const [session] = host.sessions();
    const wrong = new Date((session?.startedAt ?? 0) - 20 * minute);
    expect(await read()).toMatchObject([{ TimeGenerated: wrong, SessionStartTime: wrong }]);
    const [row] = await read(
      `${all} | project IsPast = now() < datetime(${new Date().toISOString()}), Late = ingestion_time() - Time`,
    );
    expect(row).toEqual({ IsPast: true, Late: '00:00:00' });
  });
});

describe('rows that a test adds', () => {
  it('are as it says, and else of now', async () => {
    const before = Date.now();
    const text = 'a"b\\c\u202e<!channel>\n';
    azure.logs.addRow({ UserName: text, Time: 'nonsense', Duration: -1 });
    azure.logs.addRow({ UserName: 'later' }, minute);
    const [row, ...more] = await read();
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      UserName: text,
      Time: null,
      Duration: -1,
      Message: 'Successfully Connected.',
    });
    expect(row?.['TimeGenerated']).toBeInstanceOf(Date);
    expect(Number(row?.['TimeGenerated'])).toBeGreaterThanOrEqual(before);
  });

  it('may repeat those there are', async () => {
    hostWithSession();
    for (const row of azure.logs.rows()) azure.logs.addRow(row);
    const [first, second] = await read();
    expect(second).toEqual(first);
  });

  it('may come from the future, which a timespan leaves out', async () => {
    azure.logs.addRow({ UserName: 'past', TimeGenerated: Date.now() - 25 * 60 * minute });
    azure.logs.addRow({ UserName: 'future', TimeGenerated: Date.now() + 10 * minute });
    azure.logs.addRow({ UserName: 'now' });
    const names = async (duration: string) =>
      (await read(`${all} | project UserName`, { duration })).map(({ UserName }) => UserName);
    expect(await names('P1D')).toEqual(['now']);
    expect(await names('P1DT2H')).toEqual(['past', 'now']);
    expect(await names(`${new Date().toISOString()}/PT1H`)).toEqual(['future']);
    expect(await names(`PT30M/${new Date(Date.now() + 20 * minute).toISOString()}`)).toEqual([
      'future',
      'now',
    ]);
  });
});

describe('the real client', () => {
  it('reads the logs of one resource, and of a group', async () => {
    const host = hostWithSession();
    azure.addHost({ name: 'bastion-12' }).startSession({ vm: 'vm-9' });
    const group = host.id.split('/').slice(0, 5).join('/');
    expect(named(await client().queryResource(host.id, `${all} | project TunnelId`, day))).toEqual([
      { TunnelId: 's1' },
    ]);
    expect(named(await client().queryResource(group.slice(1), all, day))).toHaveLength(2);
    const paths = azure.requests.all(({ kind }) => kind === 'logs').map(({ path }) => path);
    expect(paths[0]).toBe(`/v1/${host.id}/query`);
  });

  it('runs a long query, whether or not the columns are there', async () => {
    const host = hostWithSession();
    const kql = `
${all}
| where tolower(_ResourceId) in ("${host.id.toLowerCase()}", "/subscriptions/x")
| extend Said = column_ifexists("Message", ""), Tunnel = column_ifexists("TunnelId", "(no column)"), Login = column_ifexists("UserName", "(no column)"), Email = column_ifexists("UserEmail", "(no column)")
| extend Began = coalesce(column_ifexists("SessionStartTime", datetime(null)), column_ifexists("Time", datetime(null)), TimeGenerated), Ended = coalesce(todatetime(column_ifexists("SessionEndTime", "")), iff(column_ifexists("Duration", int(null)) > 0, TimeGenerated, datetime(null)))
| where Said !has "Login Failed"
| extend Row = iff(isempty(Tunnel) or Tunnel == "(no column)", strcat(tostring(Began), Login), Tunnel)
| summarize BeganAt = min(Began), EndedAt = max(Ended), Logins = make_set(Login, 4), Emails = make_set(Email, 4) by HostId = tolower(_ResourceId), Row
| where bin(BeganAt, 5m) in (datetime(${bin(host)}), datetime(2026-11-27))
| take 5001`;
    azure.logs.addRow({ _ResourceId: host.id, Message: 'Login Failed', UserName: 'eve' });
    host.endSession('s1');
    const ended = { EndedAt: new Date(host.endedAt.get('s1') ?? 0), Logins: ['root'] };
    expect(await read(kql)).toMatchObject([{ ...ended, Row: 's1', Emails: ['ann@example.com'] }]);
    azure.logs.dropColumns('UserEmail', 'TunnelId', 'SessionEndTime');
    const [row] = await read(kql);
    expect(row).toMatchObject({ ...ended, Emails: ['(no column)'] });
    expect(row?.['Row']).toMatch(/Zroot$/);
  });

  it('learns what columns there are', async () => {
    azure.logs.dropColumns('UserEmail');
    const columns = await read(`${all} | getschema | project ColumnName, ColumnType`);
    expect(columns).toContainEqual({ ColumnName: 'SessionEndTime', ColumnType: 'string' });
    expect(columns).toContainEqual({ ColumnName: 'SessionStartTime', ColumnType: 'datetime' });
    expect(columns.map(({ ColumnName }) => ColumnName)).not.toContain('UserEmail');
    expect(columns.map(({ ColumnName }) => ColumnName)).not.toContain('$IngestionTime');
  });

  it.each([
    [
      'a missing table',
      () => azure.logs.removeTable(),
      'SemanticError',
      /table or column expression named 'Micro/,
    ],
    [
      'a missing column',
      () => azure.logs.dropColumns('UserName'),
      'SemanticError',
      /expression named 'UserName'/,
    ],
  ])('learns of %s only three levels deep', async (_what, spoil, code, message) => {
    spoil();
    await expect(query(`${all} | where UserName == ""`)).rejects.toMatchObject({
      statusCode: 400,
      code: 'BadArgumentError',
      message: 'The request had some invalid properties',
      details: {
        error: {
          innererror: { code, innererror: { code: 'SEM0100', message: expect.stringMatching(message) } },
        },
      },
    });
  });

  it('learns where a query cannot be read', async () => {
    await expect(query(`${all} | wher`)).rejects.toMatchObject({
      details: { error: { innererror: { code: 'SyntaxError', innererror: { code: 'SYN0002' } } } },
    });
  });

  it('is refused the workspace, the resource, or both', async () => {
    const host = hostWithSession();
    azure.logs.forbid('resource');
    expect(await read()).toHaveLength(1);
    const refused = { statusCode: 403, code: 'InsufficientAccessError' };
    await expect(client().queryResource(host.id, all, day)).rejects.toMatchObject(refused);
    azure.logs.forbid();
    await expect(query()).rejects.toMatchObject(refused);
  });

  it('finds no workspace and no host that is not there, and nothing without a version', async () => {
    const missing = { statusCode: 404, code: 'PathNotFoundError' };
    const host = hostWithSession();
    await expect(client().queryWorkspace('nowhere', all, day)).rejects.toMatchObject(missing);
    for (const id of [`${host.id}2`, host.id.slice(0, -1)]) {
      await expect(client().queryResource(id, all, day)).rejects.toMatchObject(missing);
    }
    const unversioned = client(azure, { endpoint: azure.logs.url });
    await expect(unversioned.queryWorkspace(azure.logs.workspaceId, all, day)).rejects.toMatchObject(missing);
  });

  it('takes half an answer for one', async () => {
    hostWithSession().endSession('s1');
    azure.logs.behave({ partial: true, times: 1 });
    const half = await query();
    expect(half).toMatchObject({ status: 'PartialFailure', partialError: { code: 'PartialError' } });
    expect('partialTables' in half && half.partialTables.flatMap(fieldsOf)).toHaveLength(1);
    expect(await read()).toHaveLength(2);
  });

  it.each([
    ['204', { noContent: true }],
    ['200 without a body', { body: { text: '' } }],
  ])('breaks on %s', async (_what, change) => {
    azure.logs.behave(change);
    await expect(query()).rejects.toBeInstanceOf(TypeError);
  });

  it.each([429, 500, 503])('is told %i', async (status) => {
    azure.logs.behave({ error: { status, code: 'SomeError', retryAfter: 7 }, on: 'workspace' });
    await expect(query()).rejects.toMatchObject({ statusCode: status, code: 'SomeError' });
  });

  it('is cut off, or never answered', async () => {
    azure.logs.behave({ reset: true, times: 1 });
    await expect(query()).rejects.toMatchObject({ code: 'ECONNRESET' });
    azure.logs.behave({ hang: true });
    const asked = client().queryWorkspace(azure.logs.workspaceId, all, day, {
      requestOptions: { timeout: 200 },
    });
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
    expect(azure.requests.all(({ kind }) => kind === 'logs').map(({ status }) => status)).toEqual([0, 0]);
  });
});

describe('a token', () => {
  it('is taken where it was made for only', async () => {
    const wrong = client(azure, { credentials: { scopes: ['https://management.azure.com/.default'] } });
    await expect(wrong.queryWorkspace(azure.logs.workspaceId, all, day)).rejects.toMatchObject({
      statusCode: 403,
      code: 'InvalidAuthenticationTokenAudience',
    });
    const subscriptions = `${azure.url}/subscriptions?api-version=2022-12-01`;
    const headers = { authorization: `Bearer ${await tokenFor(audience)}` };
    expect((await fetch(subscriptions, { headers })).status).toBe(401);
  });

  it('may be made for the newer name', async () => {
    const newer = client(azure, { credentials: { scopes: ['https://api.loganalytics.azure.com/.default'] } });
    expect(named(await newer.queryWorkspace(azure.logs.workspaceId, all, day))).toEqual([]);
  });

  it('of another cloud is taken by another cloud', async () => {
    const usgov = KnownMonitorLogsQueryAudience.AzureGovernment;
    const government = await startAzure({ logsAudience: usgov });
    const right = client(government, { credentials: { scopes: [`${usgov}/.default`] } });
    expect(named(await right.queryWorkspace(government.logs.workspaceId, all, day))).toEqual([]);
    await expect(
      client(government).queryWorkspace(government.logs.workspaceId, all, day),
    ).rejects.toMatchObject({ code: 'InvalidAuthenticationTokenAudience' });
    await government.stop();
  });

  it('is needed, known, and not withdrawn', async () => {
    const path = `/v1/workspaces/${azure.logs.workspaceId}/query`;
    const told = async (authorization: string) => {
      const response = await post(path, { headers: { authorization } });
      const { error } = refusal.parse(await response.json());
      return [response.status, error.code, response.headers.get('www-authenticate') ?? ''];
    };
    const token = `Bearer ${await tokenFor(audience)}`;
    expect(await told('')).toEqual([401, 'AuthenticationFailed', '']);
    expect(await told('Bearer nonsense')).toEqual([403, 'InvalidAuthenticationToken', '']);
    azure.revokeTokens();
    expect(await told(token)).toEqual([403, 'InvalidAuthenticationToken', '']);
    azure.revokeTokens({ claims: { access_token: {} } });
    expect(await told(token)).toEqual([
      401,
      'InvalidAuthenticationToken',
      expect.stringContaining('claims="'),
    ]);
  });
});

describe('the endpoint', () => {
  const path = () => `/v1/workspaces/${azure.logs.workspaceId}/query`;

  it('is found by an environment of its own', () => {
    expect(azure.logs.environment).toEqual({
      LOG_ANALYTICS_URL: azure.logs.url,
      LOG_ANALYTICS_WORKSPACE_ID: azure.logs.workspaceId,
    });
    expect(Object.keys(azure.environment).filter((name) => name.startsWith('LOG_'))).toEqual([]);
  });

  it('writes times as text and sets as the text of their JSON', async () => {
    azure.logs.addRow({ UserName: 'a"b' });
    const kql = `${all} | summarize At = max(datetime(2026-11-27T12:00:00.5Z)), Names = make_set(UserName), Ended = max(Duration)`;
    const response = await post(path(), { body: JSON.stringify({ query: kql }) });
    expect(await response.json()).toEqual({
      tables: [
        {
          name: 'PrimaryResult',
          columns: [
            { name: 'At', type: 'datetime' },
            { name: 'Names', type: 'dynamic' },
            { name: 'Ended', type: 'int' },
          ],
          rows: [['2026-11-27T12:00:00.5Z', '["a\\"b"]', null]],
        },
      ],
    });
  });

  it('answers with nothing to what does not say that it is JSON', async () => {
    const response = await post(path(), { headers: { 'content-type': 'text/plain' } });
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each([{}, { query: 7 }, { query: all, timespan: 'today' }, { query: all, timespan: 'P' }])(
    'does not take %j',
    async (body) => {
      const response = await post(path(), { body: JSON.stringify(body) });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'BadArgumentError' } });
    },
  );

  it('logs what was asked', async () => {
    await query(`${all} | take 1`);
    expect(azure.requests.all(({ kind }) => kind === 'logs')).toMatchObject([
      { method: 'POST', path: path(), status: 200, body: { query: `${all} | take 1`, timespan: 'P1D' } },
    ]);
  });

  it('may say too much', async () => {
    azure.logs.behave({ excess: 'torn' });
    await expect((await post(path())).text()).rejects.toThrow('terminated');
  });

  it('has a budget', async () => {
    const small = await startAzure({ logsBudget: { atOnce: 1, waiting: 9, perWindow: 4, windowMs: 30_000 } });
    const ask = async (requestOptions = {}) =>
      client(small).queryWorkspace(small.logs.workspaceId, all, day, { requestOptions });
    small.logs.behave({ hang: true, times: 1 });
    const abandoned = ask({ timeout: 200 });
    await small.requests.waitFor(({ kind }) => kind === 'logs');
    const waiting = ask();
    await expect(abandoned).rejects.toMatchObject({ name: 'AbortError' });
    expect(await Promise.all([waiting, ask(), ask()])).toHaveLength(3);
    await expect(ask()).rejects.toMatchObject({ statusCode: 429, code: 'ThrottledError' });
    await small.stop();
  });
});

describe('the budget of queries', () => {
  const budget = { atOnce: 2, waiting: 1, perWindow: 5, windowMs: 30_000 };
  const never = new Promise<void>(() => undefined);

  it('lets so many in at once, and the next when one is done', async () => {
    const admit = logsBudget(budget, () => 0);
    let finishFirst = () => {};
    const first = new Promise<void>((resolve) => {
      finishFirst = resolve;
    });
    expect([await admit(first), await admit(never)]).toEqual([undefined, undefined]);
    const order: string[] = [];
    const third = admit(never).then(() => order.push('third is in'));
    expect(await admit(never)).toMatchObject({ status: 429 });
    order.push('first is done');
    finishFirst();
    await third;
    expect(order).toEqual(['first is done', 'third is in']);
  });

  it('lets so many in within its time, and says how long to wait', async () => {
    let now = 0;
    const admit = logsBudget({ ...budget, atOnce: 99 }, () => now);
    for (now = 1000; now <= 5000; now += 1000) expect(await admit(never)).toBeUndefined();
    expect(await admit(never)).toMatchObject({ status: 429, retryAfter: 25 });
    now = 31_000;
    expect(await admit(never)).toBeUndefined();
    expect(await admit(never)).toMatchObject({ status: 429, retryAfter: 1 });
  });
});

/** The five minutes in which the session began. */
function bin(host: SimulatedHost): string {
  const [session] = host.sessions();
  return new Date(Math.floor((session?.startedAt ?? 0) / (5 * minute)) * 5 * minute).toISOString();
}
