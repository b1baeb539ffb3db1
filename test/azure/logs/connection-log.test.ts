import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clouds } from '../../../src/azure/arm/clouds.ts';
import type { Credential } from '../../../src/azure/arm/credential.ts';
import { azureCredential } from '../../../src/azure/arm/credential.ts';
import type { ConnectionLogOptions } from '../../../src/azure/logs/connection-log.ts';
import { azureConnectionLog } from '../../../src/azure/logs/connection-log.ts';
import { hostIdOf } from '../../../src/domain/hosts/host.ts';
import { wayOut } from '../../../src/net/way-out.ts';
import type { ConnectionLog } from '../../../src/ports/connection-log.ts';
import type { LogFields } from '../../../src/ports/log.ts';
import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { startAzure } from '../../simulator/azure/azure-simulator.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';

const minuteMs = 60_000;
let azure: AzureSimulator;
let credential: Credential;
const logged: LogFields[] = [];

beforeAll(async () => {
  azure = await startAzure();
  Object.assign(process.env, azure.environment);
  credential = azureCredential(clouds.public, wayOut());
});
afterEach(() => {
  for (const host of azure.hosts()) azure.removeHost(host);
  azure.logs.clear();
  azure.logs.behaveNormally();
  azure.requests.clear();
  logged.length = 0;
});
afterAll(async () => azure.stop());

function logOf(changes: Partial<ConnectionLogOptions> = {}): ConnectionLog {
  const nothing = () => undefined;
  return azureConnectionLog({
    credential,
    cloud: clouds.public,
    out: wayOut(),
    logsUrl: `${azure.logs.url}/v1`,
    workspaceId: azure.logs.workspaceId,
    version: '0.0.0',
    clock: Date.now,
    log: { debug: nothing, info: nothing, warn: (fields) => logged.push(fields), error: nothing },
    ...changes,
  });
}

async function asked(hosts: readonly SimulatedHost[], log = logOf(), sinceMs = 10 * minuteMs) {
  const now = Date.now();
  const hostIds = hosts.map(({ id }) => hostIdOf(id));
  return log.connections({ hostIds, periods: [{ from: now - sinceMs, until: now }] });
}

const queries = () => azure.requests.all(({ kind }) => kind === 'logs');
const fay = { entraUser: 'fay@corp.example', clientAddress: '203.0.113.7', userAgent: 'Edge' };

describe.each(['workspace', 'resource'] as const)('the audit log of a %s', (form) => {
  const log = (changes: Partial<ConnectionLogOptions> = {}) =>
    logOf({ ...(form === 'resource' && { workspaceId: 'resource' }), ...changes });

  it('tells every connection: who, from where, to which machine', async () => {
    const host = azure.addHost({ name: 'Bastion-Prod' });
    const options = { vm: 'vm-web-1', login: 'CORP\\fay', origin: fay, address: '10.1.2.3' };
    const session = host.startSession(options);
    const machine = `/subscriptions/${host.subscriptionId}/resourcegroups/rg-bastion/providers/microsoft.compute/virtualmachines/vm-web-1`;
    expect(await asked([host], log())).toEqual({
      covered: [hostIdOf(host.id)],
      connections: [
        {
          hostId: hostIdOf(host.id),
          beganAt: session.startedAt,
          tunnelIds: [session.id],
          machineIds: [machine],
          machineAddresses: ['10.1.2.3'],
          protocols: ['ssh'],
          vmLogins: ['CORP\\fay'],
          entraUsers: ['fay@corp.example'],
          clientAddresses: ['203.0.113.7'],
          userAgents: ['Edge'],
        },
      ],
    });
  });

  it('has no table where nothing was ever written', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    azure.logs.removeTable();
    const answer = { connections: [], covered: [], problem: { is: 'no-table' } };
    expect(await asked([host], log())).toEqual(answer);
    azure.logs.behaveNormally();
    azure.logs.behave({ noContent: true });
    expect(await asked([host], log())).toEqual(answer);
  });

  it('may not be read without the right, which is named', async () => {
    azure.logs.forbid();
    const action =
      form === 'workspace'
        ? 'Microsoft.OperationalInsights/workspaces/query/MicrosoftAzureBastionAuditLogs/read'
        : 'Microsoft.Insights/logs/MicrosoftAzureBastionAuditLogs/read';
    expect(await asked([azure.addHost({ name: 'bastion-1' })], log())).toMatchObject({
      covered: [],
      problem: { is: 'unanswered', failure: { kind: 'forbidden', action } },
    });
  });
});

describe('the audit log', () => {
  it('is asked once for all hosts of a workspace, with a token of its own', async () => {
    const hosts = ['a', 'b', 'c'].map((name) => azure.addHost({ name }));
    for (const host of hosts) host.startSession({ vm: 'vm-1' });
    expect((await asked(hosts)).connections).toHaveLength(3);
    expect(queries()).toHaveLength(1);
    expect(queries()[0]?.headers['prefer']).toBe('wait=20');
  });

  it('is asked for each host by itself in the form `resource`, and one that fails hides no other', async () => {
    const hosts = ['a', 'b', 'c'].map((name) => azure.addHost({ name }));
    for (const host of hosts) host.startSession({ vm: 'vm-1' });
    azure.logs.behave({ error: { status: 500, code: 'InternalServerError' }, times: 1 });
    const answer = await asked(hosts, logOf({ workspaceId: 'resource' }));
    expect(queries()).toHaveLength(3);
    expect(answer).toMatchObject({ problem: { is: 'unanswered', failure: { kind: 'failed' } } });
    expect(answer.covered).toHaveLength(2);
    expect(answer.connections).toHaveLength(2);
  });

  it('is asked no more than the service allows, and next time first for whoever was left out', async () => {
    const hosts = Array.from({ length: 5 }, (_, index) => azure.addHost({ name: `host-${index}` }));
    const ids = hosts.map(({ id }) => hostIdOf(id));
    let now = Date.now();
    const log = logOf({ workspaceId: 'resource', queriesAtMost: 3, clock: () => now });
    const first = await asked(hosts, log);
    expect(first).not.toHaveProperty('problem');
    expect([first.covered.toSorted(), first.unasked]).toEqual([ids.slice(0, 3), ids.slice(3)]);
    now += 29_000;
    expect(await asked(hosts, log)).toMatchObject({
      covered: [],
      unasked: [...ids.slice(3), ...ids.slice(0, 3)],
    });
    now += 1000;
    const third = await asked(hosts, log);
    expect(third.covered).toEqual(expect.arrayContaining(ids.slice(3)));
    expect(queries()).toHaveLength(6);
  });

  it('is in trouble until the host that failed is asked again, though others answer meanwhile', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const hosts = names.map((name) => azure.addHost({ name }));
    let now = Date.now();
    const log = logOf({ workspaceId: 'resource', queriesAtMost: 3, clock: () => now });
    azure.logs.behave({ error: { status: 500, code: 'InternalServerError' }, times: 1 });
    const problems: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      problems.push((await asked(hosts, log)).problem?.is);
      now += 30_000;
    }
    expect(problems).toEqual(['unanswered', 'unanswered', undefined]);
  });

  it('is left alone for a while once a round has taken long, and gives what it told', async () => {
    const hosts = ['a', 'b', 'c', 'd'].map((name) => azure.addHost({ name }));
    let now = Date.now();
    const log = logOf({ workspaceId: 'resource', clock: () => (now += 9000) });
    const answer = await asked(hosts, log);
    expect(answer.covered.length).toBeGreaterThan(0);
    expect(answer.covered.length + (answer.unasked?.length ?? 0)).toBe(4);
    expect(answer.unasked?.length).toBeGreaterThan(0);
  });

  it('puts the rows of one connection together, whichever of them names what', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    azure.logs.endRowsAreBare = true;
    const session = host.startSession({ vm: 'vm-1', ageMs: 3 * minuteMs, origin: fay });
    host.endSession(session.id);
    const [connection, ...others] = (await asked([host])).connections;
    expect(others).toEqual([]);
    expect(connection).toMatchObject({ beganAt: session.startedAt, entraUsers: ['fay@corp.example'] });
    expect(connection?.endedAt).toBeGreaterThan(session.startedAt);
  });

  it('tells what rows contradict each other in, and no failed log-in', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    const session = host.startSession({ vm: 'vm-1', origin: fay });
    const row = { _ResourceId: host.id, TunnelId: session.id };
    azure.logs.addRow({ ...row, UserEmail: 'dana@corp.example' });
    azure.logs.addRow({ ...row, UserEmail: 'eve@corp.example', Message: 'Login Failed' });
    const [connection] = (await asked([host])).connections;
    expect(connection?.entraUsers).toEqual(['dana@corp.example', 'fay@corp.example']);
  });

  it('leaves out what is no address and no name, and keeps rows without a tunnel apart', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    const at = new Date();
    const hostile = {
      _ResourceId: host.id,
      Time: at,
      ClientIpAddress: '<!channel>',
      UserEmail: 'me "; drop',
    };
    azure.logs.addRow({ ...hostile, TargetVMIPAddress: '[fe80::1]:22' });
    azure.logs.addRow({ ...hostile, ClientIpAddress: '2001:DB8::7', UserEmail: 'a@b c' });
    azure.logs.addRow({ ...hostile, UserName: 'x'.repeat(5000), ClientIpAddress: '203.0.113.9:50001' });
    const { connections } = await asked([host]);
    expect(connections).toHaveLength(3);
    expect(connections.flatMap(({ entraUsers }) => entraUsers)).toEqual([]);
    const addresses = connections.flatMap(({ clientAddresses }) => clientAddresses);
    expect(addresses.toSorted()).toEqual(['2001:db8::7', '203.0.113.9']);
    expect(connections.flatMap(({ machineAddresses }) => machineAddresses)).toEqual(['fe80::1']);
    expect(Math.max(...connections.flatMap(({ vmLogins }) => vmLogins.map(({ length }) => length)))).toBe(
      400,
    );
  });

  it('names the columns that it lacks, and tells the rest', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    host.startSession({ vm: 'vm-1', origin: fay });
    azure.logs.dropColumns('UserEmail', 'TunnelId', 'SessionStartTime', 'Duration', 'Message');
    expect(await asked([host])).toMatchObject({
      problem: { is: 'no-columns', columns: ['TunnelId', 'UserEmail'] },
      connections: [{ tunnelIds: [], entraUsers: [], clientAddresses: ['203.0.113.7'] }],
    });
  });

  it('is not believed where a part of the answer is missing', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    for (const vm of ['a', 'b']) host.startSession({ vm });
    azure.logs.behave({ partial: true });
    expect(await asked([host])).toEqual({ connections: [], covered: [], problem: { is: 'partial' } });
  });

  it('says when it has more than one answer may hold', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    for (let index = 0; index <= 5000; index += 1) {
      azure.logs.addRow({ _ResourceId: host.id, TunnelId: `t${index}`, Time: new Date() });
    }
    expect(await asked([host])).toEqual({ connections: [], covered: [], problem: { is: 'too-many' } });
  });

  it('gives only what began in the periods, whenever its rows came', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    host.startSession({ vm: 'old', ageMs: 60 * minuteMs });
    host.startSession({ vm: 'new' });
    expect((await asked([host])).connections).toHaveLength(1);
    expect((await asked([host], logOf(), 61 * minuteMs)).connections).toHaveLength(2);
  });

  it('is not there', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    const elsewhere = logOf({ workspaceId: '00000000-0000-4000-8000-000000000000' });
    expect(await asked([host], elsewhere)).toMatchObject({ covered: [], problem: { is: 'no-workspace' } });
  });

  it('is not there for a host that somebody deleted, which says nothing of a workspace', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    azure.removeHost(host);
    expect(await asked([host], logOf({ workspaceId: 'resource' }))).toMatchObject({
      covered: [],
      problem: { is: 'unanswered', failure: { kind: 'failed', code: 'PathNotFoundError' } },
    });
  });

  it('says when it wants to be asked again, and nobody else is asked meanwhile', async () => {
    const hosts = Array.from({ length: 6 }, (_, index) => azure.addHost({ name: `host-${index}` }));
    azure.logs.behave({ error: { status: 429, code: 'ThrottledError', retryAfter: 30 } });
    const askedAt = Date.now();
    const { problem } = await asked(hosts, logOf({ workspaceId: 'resource', clock: () => askedAt }));
    const failure = { kind: 'throttled', retryAt: askedAt + 30_000 };
    expect(problem).toMatchObject({ is: 'unanswered', failure });
    expect(queries().length).toBeLessThanOrEqual(2);
  });

  it.each([
    ['a 500', { error: { status: 500, code: 'InternalServerError' } }, { kind: 'failed' }],
    ['a connection that is torn', { reset: true }, { kind: 'unreachable' }],
    ['a body that is none', { body: { text: '<html>' } }, { kind: 'not-understood' }],
    ['another shape', { body: { json: { tables: [{ rows: 1 }] } } }, { kind: 'not-understood' }],
  ] as const)('may answer with %s', async (_what, behaviour, failure) => {
    azure.logs.behave(behaviour);
    const host = azure.addHost({ name: 'bastion-1' });
    expect(await asked([host])).toMatchObject({ covered: [], problem: { is: 'unanswered', failure } });
    expect(logged).toHaveLength(1);
  });

  it('is not waited for any longer than its deadline', async () => {
    azure.logs.behave({ hang: true });
    const host = azure.addHost({ name: 'bastion-1' });
    const failure = { kind: 'timed-out' };
    expect(await asked([host], logOf({ deadlineMs: 200 }))).toMatchObject({ problem: { failure } });
  });

  it('is asked again with another token where the first is refused', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    const log = logOf();
    await asked([host], log);
    azure.revokeTokens();
    expect(await asked([host], log)).toMatchObject({ covered: [hostIdOf(host.id)] });
  });

  it('never gets its token from another cloud, nor a token that is meant for Resource Manager', async () => {
    const host = azure.addHost({ name: 'bastion-1' });
    const scopes: string[] = [];
    const tracking: Credential = {
      ...credential,
      getToken: async (scope, options) => {
        scopes.push(...[scope].flat());
        return credential.getToken(scope, options);
      },
    };
    await asked([host], logOf({ credential: tracking }));
    await asked([host], logOf({ credential: tracking, cloud: clouds.usgov }));
    await asked([host], logOf({ credential: tracking, cloud: clouds.china }));
    expect(scopes.map((scope) => scope.replace('/.default', ''))).toEqual([
      'https://api.loganalytics.io',
      'https://api.loganalytics.us',
      'https://api.loganalytics.azure.cn',
    ]);
    const usurped = logOf({ cloud: { ...clouds.public, logsScope: clouds.public.tokenScope } });
    expect(await asked([host], usurped)).toMatchObject({ covered: [] });
  });

  it('asks nothing for no hosts', async () => {
    expect(await asked([])).toEqual({ connections: [], covered: [] });
    expect(queries()).toEqual([]);
  });
});
