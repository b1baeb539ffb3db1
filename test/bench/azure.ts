import type { TokenCredential } from '@azure/identity';
import { clouds } from '../../src/azure/arm/clouds.ts';
import { azureCredential } from '../../src/azure/arm/credential.ts';
import { azureBastion } from '../../src/azure/bastion.ts';
import { wayOut } from '../../src/net/way-out.ts';
import type { Bastion } from '../../src/ports/bastion.ts';
import type { Stage } from './stage.ts';

export interface MeasuredAzure {
  readonly bastion: Bastion;
  /** For a client without ours. */
  readonly credential: TokenCredential;
  readonly credentialScopes: string;
  readonly endpoint: string;
}

/** The adapter as the bot builds it, in this process. */
export function measuredAzure({ environment }: Pick<Stage, 'environment'>): MeasuredAzure {
  Object.assign(process.env, environment);
  const { AZURE_RESOURCE_MANAGER_URL: endpoint = '' } = environment;
  const credential = azureCredential(clouds.public, wayOut());
  const nothing = () => undefined;
  const bastion = azureBastion({
    credential,
    cloud: clouds.public,
    out: wayOut(),
    resourceManagerUrl: endpoint,
    subscriptionIds: [],
    version: '0.0.0',
    clock: Date.now,
    log: { debug: nothing, info: nothing, warn: nothing, error: nothing },
  });
  return { bastion, credential, credentialScopes: clouds.public.tokenScope, endpoint };
}
