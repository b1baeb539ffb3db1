import type { TokenCredentialOptions } from '@azure/identity';
import {
  ChainedTokenCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';

const retryOptions = { maxRetries: 5, retryDelayInMs: 800 };

/** `DefaultAzureCredential` itself, asked for a managed identity, forgets the options: it would send the tokens of this machine through the proxy. */
export function signIn(options: TokenCredentialOptions): ChainedTokenCredential {
  const { AZURE_TOKEN_CREDENTIALS: wanted, AZURE_CLIENT_ID: clientId } = process.env;
  const { AZURE_TENANT_ID: tenantId, AZURE_FEDERATED_TOKEN_FILE: tokenFilePath } = process.env;
  if (wanted?.trim().toLowerCase() !== 'managedidentitycredential') {
    return new DefaultAzureCredential({ ...options });
  }
  const isFederated = clientId && tenantId && tokenFilePath;
  return new ChainedTokenCredential(
    isFederated
      ? new WorkloadIdentityCredential({
          ...options,
          clientId,
          tenantId,
          tokenFilePath,
          disableInstanceDiscovery: true,
        })
      : new ManagedIdentityCredential({ ...options, retryOptions, ...(clientId && { clientId }) }),
  );
}
