import { randomUUID } from 'node:crypto';
import type { Incoming } from './listener.ts';
import type { Answer } from './reply.ts';
import { armError, ok } from './reply.ts';

/** The identity library keeps a token for as long as its process lives, so every simulator of one process takes it. */
const issued = new Map<string, IssuedToken>();

interface IssuedToken {
  readonly audience: string;
  readonly expiresAt: number;
  revocation?: Revocation;
}

export interface Revocation {
  /** Those that another token has to be asked for with, as continuous access evaluation does. */
  readonly claims?: object;
}

export interface IdentityBehaviour {
  /** As the endpoint of a virtual machine: one token for a resource until it expires, revoked or not. */
  readonly cachesTokens: boolean;
  readonly refuses: boolean;
  readonly tokenLifetimeMs: number;
}

export const usualIdentity: IdentityBehaviour = {
  cachesTokens: false,
  refuses: false,
  tokenLifetimeMs: 24 * 3_600_000,
};

/** Resource Manager refuses them from here on, though they have not expired. */
export function revokeIssuedTokens(revocation: Revocation = {}): void {
  for (const token of issued.values()) token.revocation = revocation;
}

/** The token endpoint of App Service. https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
export function issueToken(
  { headers, query }: Incoming,
  identityHeader: string,
  behaviour: IdentityBehaviour,
  now: number,
): Answer {
  const resource = query.get('resource');
  if (headers['x-identity-header'] !== identityHeader) return refused(401, 'Unauthorized');
  if (query.get('api-version') !== '2019-08-01' || !resource) return refused(400, 'InvalidRequest');
  if (behaviour.refuses) return refused(400, 'ManagedIdentityIsNotFound');
  const audience = resource.replace(/\/+$/, '');
  const [token, { expiresAt }] = (behaviour.cachesTokens && lastFor(audience, now)) || issue();
  return ok({
    access_token: token,
    expires_on: String(Math.floor(expiresAt / 1000)),
    resource,
    token_type: 'Bearer',
    client_id: 'simulated',
  });

  function issue(): readonly [string, IssuedToken] {
    const issuedToken = { audience, expiresAt: now + behaviour.tokenLifetimeMs };
    const name = `simulated-${randomUUID()}`;
    issued.set(name, issuedToken);
    return [name, issuedToken];
  }
}

function lastFor(audience: string, now: number): readonly [string, IssuedToken] | undefined {
  return [...issued].findLast(([, token]) => token.audience === audience && token.expiresAt > now);
}

/** The answer to an `Authorization` header that is not taken. */
export function unauthorized(header: string | undefined, audience: string, now: number): Answer | undefined {
  const token = issued.get(header?.replace(/^Bearer /, '') ?? '');
  const code = whyUnauthorized(header, token, audience, now);
  if (!code) return undefined;
  const claims = token?.revocation?.claims;
  const why = claims
    ? `error="insufficient_claims", claims="${Buffer.from(JSON.stringify(claims)).toString('base64')}"`
    : 'error="invalid_token"';
  const challenge = `Bearer authorization_uri="https://login.invalid/", ${why}`;
  return { ...armError({ status: 401, code }), headers: { 'www-authenticate': challenge } };
}

function whyUnauthorized(
  header: string | undefined,
  token: IssuedToken | undefined,
  audience: string,
  now: number,
): string | undefined {
  if (!header?.startsWith('Bearer ')) return 'AuthenticationFailed';
  if (!token || token.revocation) return 'InvalidAuthenticationToken';
  if (token.audience !== audience) return 'InvalidAuthenticationTokenAudience';
  return token.expiresAt <= now ? 'ExpiredAuthenticationToken' : undefined;
}

function refused(statusCode: number, message: string): Answer {
  return { status: statusCode, body: { statusCode, message } };
}
