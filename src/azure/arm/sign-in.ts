import type { TokenCredentialOptions } from '@azure/identity';
import {
  ChainedTokenCredential,
  DefaultAzureCredential,
  ManagedIdentityCredential,
  WorkloadIdentityCredential,
} from '@azure/identity';

const retryOptions = { maxRetries: 5, retryDelayInMs: 800 };

/**
 * What AZURE_TOKEN_CREDENTIALS says, as `DefaultAzureCredential` understands it; but asked for a managed identity, that
 * forgets the options: it would send the endpoint of this machine's identity, and all it says, to the proxy.
 */
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
