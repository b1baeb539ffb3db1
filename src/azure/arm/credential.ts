import type { AccessToken, TokenCredential } from '@azure/identity';
import { ManagedIdentityApplication } from '@azure/msal-node';
import type { WayOut } from '../../net/way-out.ts';
import { asksNoVariable } from './client-through.ts';
import type { Cloud } from './clouds.ts';
import { signIn } from './sign-in.ts';
import { signInThrough } from './sign-in-through.ts';

export interface Credential extends TokenCredential {
  /** Asks past every cache of this process; the endpoint may still hand out the refused token again. */
  getTokenInsteadOf(refused: string, scope: string): Promise<AccessToken | null>;
}

/** Throws, in words for an administrator, on an AZURE_TOKEN_CREDENTIALS that the SDK does not know. */
export function azureCredential({ authorityHost }: Cloud, out: WayOut): Credential {
  const { httpClient, orProxy } = signInThrough(out);
  // Given an agent, the SDK takes no proxy.
  const options = { ...asksNoVariable, authorityHost, httpClient, agent: out.agent };
  let credential = signIn(options);
  return {
    getToken: async (scopes, options) => orProxy(async () => credential.getToken(scopes, options)),
    async getTokenInsteadOf(refused, scope) {
      // A new credential forgets the tokens of secrets, certificates and workload identities.
      credential = signIn(options);
      const first = await orProxy(async () => credential.getToken(scope, { enableCae: true }));
      if (first.token !== refused) return first;
      await renewManagedIdentity(scope);
      return orProxy(async () => credential.getToken(scope, { enableCae: true }));
    },
  };
}

/** MSAL keeps managed identities' tokens for the whole process, and only claims, which `@azure/identity` does not pass on, make it ask again: https://github.com/AzureAD/microsoft-authentication-library-for-js/issues/7206 */
async function renewManagedIdentity(scope: string): Promise<void> {
  const userAssignedClientId = process.env['AZURE_CLIENT_ID'];
  const identity = new ManagedIdentityApplication({
    managedIdentityIdParams: userAssignedClientId ? { userAssignedClientId } : {},
  });
  await identity.acquireToken({ resource: scope, claims: '{}' });
}
