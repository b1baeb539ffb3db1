import { NetworkManagementClient } from '@azure/arm-network';
import {
  bearerTokenAuthenticationPolicyName,
  decompressResponsePolicyName,
  proxyPolicyName,
  redirectPolicyName,
} from '@azure/core-rest-pipeline';
import type { WayOut } from '../../net/way-out.ts';
import { asksNoVariable } from './client-through.ts';
import type { Cloud } from './clouds.ts';
import { repeatWithAnotherToken } from './refused-token.ts';
import type { RenewingCredential } from './renewing-credential.ts';
import { transport } from './transport.ts';
import { onlyTrustedAddresses } from './trusted-address.ts';

export interface ClientOptions {
  readonly credential: RenewingCredential;
  readonly cloud: Cloud;
  readonly out: WayOut;
  readonly resourceManagerUrl: string;
  readonly version: string;
}

/** Neither retries nor follows a redirect, and sends its token to Resource Manager only. */
export function networkClient(options: ClientOptions, subscriptionId: string): NetworkManagementClient {
  const { cloud, credential, out, resourceManagerUrl, version } = options;
  const client = new NetworkManagementClient(credential, subscriptionId, {
    endpoint: resourceManagerUrl,
    credentialScopes: cloud.tokenScope,
    ...asksNoVariable,
    httpClient: transport(out),
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: `bastion-bot/${version}` },
  });
  client.pipeline.removePolicy({ name: proxyPolicyName });
  client.pipeline.removePolicy({ name: redirectPolicyName });
  client.pipeline.removePolicy({ name: decompressResponsePolicyName });
  client.pipeline.addPolicy(repeatWithAnotherToken(credential), {
    beforePolicies: [bearerTokenAuthenticationPolicyName],
  });
  const service = { name: 'Resource Manager', url: resourceManagerUrl, cloudUrl: cloud.resourceManagerUrl };
  client.pipeline.addPolicy(onlyTrustedAddresses(service), {
    beforePolicies: [bearerTokenAuthenticationPolicyName],
  });
  return client;
}
