import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { clouds } from '../../src/azure/arm/clouds.ts';
import { pollAddress } from '../../src/azure/arm/poll-address.ts';
import { isTrustedAddress } from '../../src/azure/arm/trusted-address.ts';
import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { AnswerStyle } from '../simulator/azure/behaviour.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { azureUnderTest, known } from '../azure/azure-under-test.ts';

const { azure, bastion } = azureUnderTest();

describe('an address', () => {
  it.each([
    ['https://127.0.0.1:8443/operations/1', true],
    ['https://management.azure.com/operations/1', true],
    ['https://westeurope.management.azure.com/operations/1', true],
    ['https://MANAGEMENT.AZURE.COM/operations/1', true],
    ['http://management.azure.com/operations/1', false],
    ['https://management.azure.com:8443/operations/1', false],
    ['https://management.azure.com.evil.example/operations/1', false],
    ['https://evilmanagement.azure.com/operations/1', false],
    ['https://management.azure.com@evil.example/operations/1', false],
    ['https://user@management.azure.com/operations/1', false],
    ['https://management.usgovcloudapi.net/operations/1', false],
    ['https://127.0.0.1:8444/operations/1', false],
  ])('%s is trusted: %p', (address, isTrusted) => {
    const service = { url: 'https://127.0.0.1:8443', cloudUrl: clouds.public.resourceManagerUrl };
    expect(isTrustedAddress(new URL(address), service)).toBe(isTrusted);
  });

  it('belongs to the chosen cloud only', () => {
    const china = new URL('https://chinaeast2.management.chinacloudapi.cn/operations/1');
    const inCloud = (url: string) => isTrustedAddress(china, { url, cloudUrl: url });
    expect(inCloud(clouds.china.resourceManagerUrl)).toBe(true);
    expect(inCloud(clouds.public.resourceManagerUrl)).toBe(false);
  });

  it('gets an api-version only where it has none', () => {
    const base = 'https://management.azure.com/x';
    expect(pollAddress('/a?b=1', base, 'v1')).toBe('https://management.azure.com/a?b=1&api-version=v1');
    expect(pollAddress('/a?Api-Version=v0', base, 'v1')).toBe(
      'https://management.azure.com/a?Api-Version=v0',
    );
    expect(pollAddress('https://', base, 'v1')).toBeUndefined();
  });
});

describe('the token', () => {
  let trap: AzureSimulator;
  let host: SimulatedHost;

  beforeAll(async () => {
    trap = await startAzure();
  });
  beforeEach(() => {
    host = azure().addHost({ name: 'bastion-1' });
    host.startSession({ id: 's1', vm: 'vm-1' });
    host.startSession({ id: 's2', vm: 'vm-2' });
  });
  afterAll(async () => trap.stop());

  it.each<AnswerStyle>(['location', 'async-operation', 'both'])(
    'is not sent where a foreign poll address leads (%s)',
    async (answer) => {
      host.behave({ answer, linkBase: trap.url });
      expect(await bastion().readSessions(known(host), 'waiting')).toMatchObject({
        failure: { kind: 'not-understood', what: 'an address outside Resource Manager' },
      });
      expect(trap.requests.all()).toEqual([]);
    },
  );

  it('is not sent where a foreign next page leads', async () => {
    host.behave({ answer: 'sync', pageSize: 1, linkBase: trap.url });
    expect(await bastion().readSessions(known(host), 'waiting')).toMatchObject({
      failure: { kind: 'not-understood' },
    });
    expect(trap.requests.all()).toEqual([]);
  });

  it.each<[AnswerStyle, number]>([
    ['sync', 303],
    ['sync', 307],
    ['location', 302],
    ['location', 307],
  ])('is not sent where a redirect leads, far or near (%s, %i)', async (answer, status) => {
    for (const to of [trap, azure()]) {
      host.behave({ answer, status, headers: { location: `${to.url}/elsewhere?api-version=2025-05-01` } });
      expect(await bastion().readSessions(known(host), 'waiting')).toMatchObject({
        failure: { kind: 'failed', code: `HTTP ${status}` },
      });
      expect(to.requests.all(({ path }) => path === '/elsewhere')).toEqual([]);
    }
  });

  it('is not sent over plain http', async () => {
    const plain = bastion({ resourceManagerUrl: trap.url.replace('https:', 'http:') });
    expect(await plain.readSessions(known(host), 'waiting')).toMatchObject({
      failure: { kind: 'not-understood' },
    });
    expect(trap.requests.all()).toEqual([]);
  });
});
