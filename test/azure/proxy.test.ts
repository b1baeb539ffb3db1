import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPipelineRequest } from '@azure/core-rest-pipeline';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { clouds } from '../../src/azure/arm/clouds.ts';
import { azureCredential } from '../../src/azure/arm/credential.ts';
import { signInThrough } from '../../src/azure/arm/sign-in-through.ts';
import { azureBastion } from '../../src/azure/bastion.ts';
import { azureConnectionLog } from '../../src/azure/logs/connection-log.ts';
import { proxySettings } from '../../src/config/https-proxy.ts';
import type { WayOut } from '../../src/net/way-out.ts';
import { wayOut } from '../../src/net/way-out.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import { namesBehindProxy as names } from '../simulator/certificate.ts';
import type { ConnectProxy } from '../simulator/proxy/connect-proxy.ts';
import { startConnectProxy } from '../simulator/proxy/connect-proxy.ts';
import { keepingLog } from '../support/log.ts';
import { known } from './azure-under-test.ts';

const targets = [names.resourceManager, names.logs, names.entra].map((name) => `${name}:443`);
const hour = 3_600_000;

/** What the SDK would read by itself, and signs in with. */
const variables = ['AZURE_TOKEN_CREDENTIALS', 'AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET'];
const proxyVariables = ['HTTPS_PROXY', 'ALL_PROXY', 'HTTP_PROXY', 'NO_PROXY'];

describe('Azure behind a proxy', () => {
  let azure: AzureSimulator;
  let proxy: ConnectProxy;

  beforeAll(async () => {
    azure = await startAzure({ behind: names });
    const { ports } = azure;
    const leadTo = [ports.resourceManager, ports.logs, ports.entra];
    proxy = await startConnectProxy({
      targets: Object.fromEntries(targets.map((target, index) => [target, leadTo[index] ?? 0])),
    });
    process.env['AZURE_TOKEN_CREDENTIALS'] = 'EnvironmentCredential';
    process.env['AZURE_TENANT_ID'] = 'c0ffee00-0000-4000-8000-000000000001';
    process.env['AZURE_CLIENT_ID'] = 'c0ffee00-0000-4000-8000-000000000002';
    process.env['AZURE_CLIENT_SECRET'] = 'a secret';
  });
  afterEach(() => {
    for (const name of [...proxyVariables, 'AZURE_FEDERATED_TOKEN_FILE']) delete process.env[name];
    process.env['AZURE_TOKEN_CREDENTIALS'] = 'EnvironmentCredential';
    proxy.behave('as usual');
  });
  afterAll(async () => {
    for (const name of variables) delete process.env[name];
    await Promise.all([azure.stop(), proxy.stop()]);
  });

  const through = () => wayOut(proxySettings(proxy.url, '', {}).proxy, 1000);
  function adapters(out: WayOut) {
    const usual = { cloud: clouds.public, out, version: '0.0.0', clock: Date.now, log: keepingLog().log };
    const credential = azureCredential(clouds.public, out);
    return {
      bastion: azureBastion({ ...usual, credential, resourceManagerUrl: azure.url, subscriptionIds: [] }),
      logs: azureConnectionLog({
        ...usual,
        credential,
        workspaceId: azure.logs.workspaceId,
        logsUrl: `${azure.logs.environment.LOG_ANALYTICS_URL}/v1`,
      }),
    };
  }

  it('is found, read and told to disconnect through it, with a secret of an application, whatever the SDK would make of the variables', async () => {
    process.env['NO_PROXY'] = Object.values(names).join();
    process.env['ALL_PROXY'] = '//no address';
    const host = azure.addHost({ name: 'bastion-prod' });
    host.startSession({ id: 'one', vm: 'vm-1' });
    const { bastion, logs } = adapters(through());
    expect((await bastion.discoverHosts('background')).hosts).toEqual([known(host)]);
    expect(await bastion.readSessions(known(host), 'waiting')).toMatchObject({ ok: true });
    expect(await bastion.disconnect(known(host), ['one'])).toMatchObject({ ok: true });
    const period = { from: Date.now() - hour, until: Date.now() };
    const asked = await logs.connections({ hostIds: [host.id], periods: [period] });
    expect(asked.problem).toBeUndefined();
    expect(new Set(proxy.made)).toEqual(new Set(targets));
    azure.removeHost(host);
  });

  it('is reached by nothing past our way out, though the SDK could find a proxy by itself', async () => {
    const before = proxy.asked.length;
    process.env['HTTPS_PROXY'] = proxy.url;
    const host = azure.addHost({ name: 'bastion-prod' });
    const { bastion } = adapters(wayOut());
    expect(await bastion.readSessions(known(host), 'waiting')).toMatchObject({ ok: false });
    expect(proxy.asked.length).toBe(before);
    azure.removeHost(host);
  });

  it.each([
    [{ status: 407 }, { is: 'refused', status: 407 }],
    [{ status: 403 }, { is: 'refused', status: 403 }],
    ['hang up', { is: 'unreachable' }],
    ['hang', { is: 'silent' }],
  ] as const)(
    'is not to blame where the proxy does not let us through (%j), be it to the token or to Azure',
    async (how, trouble) => {
      const host = azure.addHost({ name: 'bastion-prod' });
      const { bastion } = adapters(through());
      const failed = {
        ok: false,
        failure: { kind: 'unreachable', proxy: { ...trouble, name: `127.0.0.1:${proxy.port}` } },
      };
      proxy.behave(how);
      expect(await bastion.readSessions(known(host), 'waiting')).toMatchObject(failed);
      proxy.behave('as usual');
      expect(await bastion.readSessions(known(host), 'waiting')).toMatchObject({ ok: true });
      await proxy.hangUp();
      proxy.behave(how);
      // The first one may still take a connection that is about to be closed.
      await bastion.readSessions(known(host), 'waiting');
      expect(await bastion.readSessions(known(host), 'waiting')).toMatchObject(failed);
      azure.removeHost(host);
    },
  );

  it('is not blamed on the proxy that there is no token, where this call never came to it', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-vanishing-'));
    const tokenFile = join(dir, 'token');
    await writeFile(tokenFile, 'a federated token');
    process.env['AZURE_TOKEN_CREDENTIALS'] = 'WorkloadIdentityCredential';
    process.env['AZURE_FEDERATED_TOKEN_FILE'] = tokenFile;
    const credential = azureCredential(clouds.public, through());
    proxy.behave({ status: 407 });
    const scope = 'https://management.azure.com/.default';
    await expect(credential.getToken(scope)).rejects.toMatchObject({ failure: { kind: 'unreachable' } });
    await rm(dir, { recursive: true });
    await expect(credential.getTokenInsteadOf('refused', scope)).rejects.toThrow('ENOENT');
  });

  it('is told of each call what became of that one, whatever becomes of another in between', async () => {
    const { httpClient, orProxy } = signInThrough(through());
    const send = async (name: string) =>
      httpClient.sendRequest(createPipelineRequest({ url: `https://${name}/` })).catch(() => undefined);
    const ownWords = new Error('in its own words');
    const refused = orProxy(async () => {
      await send('unknown.test');
      await expect(orProxy(async () => Promise.reject(ownWords))).rejects.toBe(ownWords);
      await orProxy(async () => send(names.entra));
      throw ownWords;
    });
    await expect(refused).rejects.toMatchObject({
      failure: { kind: 'unreachable', proxy: { is: 'refused' } },
    });
  });
});
