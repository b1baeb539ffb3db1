import { NetworkManagementClient } from '@azure/arm-network';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import {
  bearerTokenAuthenticationPolicyName,
  decompressResponsePolicyName,
  redirectPolicyName,
} from '@azure/core-rest-pipeline';
import { notUnderstood } from './azure-error.ts';
import type { Cloud } from './clouds.ts';
import { isTrustedAddress } from './poll-address.ts';
import { repeatWithAnotherToken } from './refused-token.ts';
import type { RenewingCredential } from './renewing-credential.ts';
import { limitedTransport } from './transport.ts';

/** One for all clients, which then share its connections. */
const transport = limitedTransport();

export interface ClientOptions {
  readonly credential: RenewingCredential;
  readonly cloud: Cloud;
  /** Without a slash at the end. */
  readonly resourceManagerUrl: string;
  /** Of the bot, for the user agent. */
  readonly version: string;
}

/** The SDK's client, which neither retries nor follows a redirect, and sends its token to Resource Manager only. */
export function networkClient(options: ClientOptions, subscriptionId: string): NetworkManagementClient {
  const { cloud, credential, resourceManagerUrl, version } = options;
  const client = new NetworkManagementClient(credential, subscriptionId, {
    endpoint: resourceManagerUrl,
    credentialScopes: cloud.tokenScope,
    httpClient: transport,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: `bastion-bot/${version}` },
  });
  client.pipeline.removePolicy({ name: redirectPolicyName });
  client.pipeline.removePolicy({ name: decompressResponsePolicyName });
  client.pipeline.addPolicy(repeatWithAnotherToken(credential), {
    beforePolicies: [bearerTokenAuthenticationPolicyName],
  });
  client.pipeline.addPolicy(onlyTrustedAddresses(resourceManagerUrl, cloud), {
    beforePolicies: [bearerTokenAuthenticationPolicyName],
  });
  return client;
}

function onlyTrustedAddresses(resourceManagerUrl: string, cloud: Cloud): PipelinePolicy {
  return {
    name: 'onlyTrustedAddresses',
    async sendRequest(request, next) {
      if (!isTrustedAddress(new URL(request.url), resourceManagerUrl, cloud)) {
        throw notUnderstood('an address outside Resource Manager');
      }
      return next(request);
    },
  };
}
