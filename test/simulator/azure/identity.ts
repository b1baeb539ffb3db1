import { randomUUID } from 'node:crypto';
import type { Incoming } from './listener.ts';
import type { Answer } from './reply.ts';
import { ok } from './reply.ts';

/** The identity library keeps a token for as long as its process lives, so every simulator of one process takes it. */
const issued = new Map<string, { readonly audience: string; readonly expiresAt: number }>();

const tokenLifetimeMs = 24 * 3_600_000;

/** The token endpoint of App Service. https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
export function issueToken({ headers, query }: Incoming, identityHeader: string, now: number): Answer {
  const resource = query.get('resource');
  if (headers['x-identity-header'] !== identityHeader) return refused(401, 'Unauthorized');
  if (query.get('api-version') !== '2019-08-01' || !resource) return refused(400, 'InvalidRequest');
  const token = `simulated-${randomUUID()}`;
  const expiresAt = now + tokenLifetimeMs;
  issued.set(token, { audience: resource.replace(/\/+$/, ''), expiresAt });
  return ok({
    access_token: token,
    expires_on: String(Math.floor(expiresAt / 1000)),
    resource,
    token_type: 'Bearer',
    client_id: 'simulated',
  });
}

/** Why the `Authorization` header is not taken; undefined when it is. */
export function whyUnauthorized(
  header: string | undefined,
  audience: string,
  now: number,
): string | undefined {
  if (!header?.startsWith('Bearer ')) return 'AuthenticationFailed';
  const token = issued.get(header.slice('Bearer '.length));
  if (!token) return 'InvalidAuthenticationToken';
  if (token.audience !== audience) return 'InvalidAuthenticationTokenAudience';
  return token.expiresAt <= now ? 'ExpiredAuthenticationToken' : undefined;
}

function refused(statusCode: number, message: string): Answer {
  return { status: statusCode, body: { statusCode, message } };
}
