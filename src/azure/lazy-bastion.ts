import type { Bastion } from '../ports/bastion.ts';
import type { AzureBastionOptions } from './bastion.ts';

/** The port whose adapter is loaded by the first question: the SDK is a third of all that a start would load. */
export function lazyAzureBastion(options: Omit<AzureBastionOptions, 'credential'>): Bastion {
  let loading: Promise<Bastion> | undefined;
  const loaded = async () => (loading ??= load(options));
  return {
    discoverHosts: async (haste) => (await loaded()).discoverHosts(haste),
    readSessions: async (host, haste) => (await loaded()).readSessions(host, haste),
    disconnect: async (host, sessionId) => (await loaded()).disconnect(host, sessionId),
  };
}

async function load(options: Omit<AzureBastionOptions, 'credential'>): Promise<Bastion> {
  const [{ azureBastion }, { azureCredential }] = await Promise.all([
    import('./bastion.ts'),
    import('./arm/credential.ts'),
  ]);
  return azureBastion({ ...options, credential: azureCredential(options.cloud) });
}
