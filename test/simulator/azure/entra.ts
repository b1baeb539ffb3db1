import { usualIdentity, issueFor } from './identity.ts';
import type { Incoming } from './listener.ts';
import { loggedRequest } from './logged-request.ts';
import type { Answer } from './reply.ts';
import { ok } from './reply.ts';
import type { WritableLog } from './request-log.ts';

const host = 'https://login.microsoftonline.com';

/**
 * Entra for applications with a secret, a certificate or a federated token, which it takes unread.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function answerAsEntra(log: WritableLog, incoming: Incoming, at: number): Answer {
  const request = loggedRequest(incoming, { kind: 'token', at, correlationId: '' });
  log.arrived(request);
  const reply = answer(incoming, at);
  log.answered(request, reply.status);
  return reply;
}

function answer({ method, path, text }: Incoming, at: number): Answer {
  const [, tenant = ''] = path.split('/');
  if (path.endsWith('/discovery/instance')) {
    const metadata = [
      { preferred_network: 'login.microsoftonline.com', preferred_cache: 'login.windows.net' },
    ];
    return ok({
      tenant_discovery_endpoint: `${host}/${tenant}/v2.0/.well-known/openid-configuration`,
      metadata: metadata.map((one) => ({ ...one, aliases: ['login.microsoftonline.com'] })),
    });
  }
  if (path.endsWith('/.well-known/openid-configuration')) {
    return ok({
      issuer: `${host}/${tenant}/v2.0`,
      authorization_endpoint: `${host}/${tenant}/oauth2/v2.0/authorize`,
      token_endpoint: `${host}/${tenant}/oauth2/v2.0/token`,
      jwks_uri: `${host}/${tenant}/discovery/v2.0/keys`,
    });
  }
  const form = new URLSearchParams(text);
  const scope = form.get('scope')?.split(' ')[0] ?? '';
  const isProven = form.has('client_secret') || form.has('client_assertion');
  if (method !== 'POST' || form.get('grant_type') !== 'client_credentials' || !isProven) {
    return { status: 400, body: { error: 'invalid_request', error_description: 'AADSTS900144' } };
  }
  const audience = scope.replace(/\/+\.default$/, '');
  const lifeMs = usualIdentity.tokenLifetimeMs;
  const [token] = issueFor(audience, at + lifeMs);
  const seconds = lifeMs / 1000;
  return ok({ token_type: 'Bearer', expires_in: seconds, ext_expires_in: seconds, access_token: token });
}
