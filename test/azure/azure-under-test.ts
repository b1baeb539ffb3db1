import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { clouds } from '../../src/azure/arm/clouds.ts';
import type { Credential } from '../../src/azure/arm/credential.ts';
import { azureCredential } from '../../src/azure/arm/credential.ts';
import type { AzureBastionOptions } from '../../src/azure/bastion.ts';
import { azureBastion } from '../../src/azure/bastion.ts';
import type { BastionHost } from '../../src/domain/hosts/host.ts';
import { hostIdOf } from '../../src/domain/hosts/host.ts';
import { wayOut } from '../../src/net/way-out.ts';
import type { Bastion } from '../../src/ports/bastion.ts';
import type { LogFields } from '../../src/ports/log.ts';
import type { AzureOptions, AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';

export interface AzureUnderTest {
  readonly azure: () => AzureSimulator;
  /** The adapter as the bot builds it, signed in at the simulated token endpoint. */
  readonly bastion: (options?: Partial<AzureBastionOptions>) => Bastion;
  /** What was logged at `warn` since the test began. */
  readonly logged: () => readonly LogFields[];
}

/** One simulator for a test file; every test finds it without hosts. */
export function azureUnderTest(options?: AzureOptions): AzureUnderTest {
  let azure: AzureSimulator;
  let credential: Credential;
  const logged: LogFields[] = [];
  const nothing = () => undefined;

  beforeAll(async () => {
    azure = await startAzure(options);
    Object.assign(process.env, azure.environment);
    credential = azureCredential(clouds.public, wayOut());
  });
  afterEach(() => {
    for (const host of azure.hosts()) azure.removeHost(host);
    azure.behaveIdentity({});
    azure.requests.clear();
    logged.length = 0;
  });
  afterAll(async () => azure.stop());

  return {
    azure: () => azure,
    logged: () => logged,
    bastion: (changes) =>
      azureBastion({
        credential,
        cloud: clouds.public,
        out: wayOut(),
        resourceManagerUrl: azure.url,
        subscriptionIds: [],
        version: '0.0.0',
        clock: Date.now,
        log: { debug: nothing, info: nothing, warn: (fields) => logged.push(fields), error: nothing },
        ...changes,
      }),
  };
}

/** One that asks the same way whichever token was refused. */
export function credentialOf(getToken: Credential['getToken']): Credential {
  return { getToken, getTokenInsteadOf: async (_refused, scope) => getToken(scope) };
}

/** The host as discovery would have found it. */
export function known({
  id,
  location,
  name,
  provisioningState,
  resourceGroup,
  sku,
  subscriptionId,
}: SimulatedHost): BastionHost {
  return { id: hostIdOf(id), location, name, provisioningState, resourceGroup, sku, subscriptionId };
}
