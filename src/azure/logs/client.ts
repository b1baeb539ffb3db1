import {
  bearerTokenAuthenticationPolicy,
  createPipelineFromOptions,
  decompressResponsePolicyName,
  proxyPolicyName,
  redirectPolicyName,
} from '@azure/core-rest-pipeline';
import type { WayOut } from '../../net/way-out.ts';
import type { Arm } from '../arm/arm.ts';
import { requestsThrough } from '../arm/arm.ts';
import { asksNoVariable } from '../arm/client-through.ts';
import { repeatWithAnotherToken } from '../arm/refused-token.ts';
import type { RenewingCredential } from '../arm/renewing-credential.ts';
import { transport } from '../arm/transport.ts';
import type { TrustedService } from '../arm/trusted-address.ts';
import { onlyTrustedAddresses } from '../arm/trusted-address.ts';

export interface LogsClientOptions {
  readonly credential: RenewingCredential;
  readonly scope: string;
  readonly out: WayOut;
  readonly service: TrustedService;
  readonly version: string;
  readonly clock: () => number;
}

/** `@azure/monitor-query-logs` has no limits of size, renews no refused token, throws on an empty answer and drops inner errors. */
export function logsClient({ clock, credential, out, scope, service, version }: LogsClientOptions): Arm {
  const pipeline = createPipelineFromOptions({
    ...asksNoVariable,
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: `bastion-bot/${version}` },
  });
  pipeline.removePolicy({ name: proxyPolicyName });
  pipeline.removePolicy({ name: redirectPolicyName });
  pipeline.removePolicy({ name: decompressResponsePolicyName });
  pipeline.addPolicy(onlyTrustedAddresses(service));
  pipeline.addPolicy(repeatWithAnotherToken(credential));
  pipeline.addPolicy(bearerTokenAuthenticationPolicy({ credential, scopes: scope }), { phase: 'Sign' });
  const client = transport(out);
  return requestsThrough(async (request) => pipeline.sendRequest(client, request), clock);
}
