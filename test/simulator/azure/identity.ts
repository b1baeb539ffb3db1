import { randomUUID } from 'node:crypto';
import type { Incoming } from './listener.ts';
import type { Answer } from './reply.ts';
import { armError, ok } from './reply.ts';

/** The identity library keeps a token for as long as its process lives, so every simulator of one process takes it. */
const issued = new Map<string, IssuedToken>();

/** The service is registered by this name in every cloud. */
export const redisAudience = 'https://redis.azure.com';

const listeners = new Set<(token: string, issued: IssuedToken) => void>();

/** Before it is on its way to who asked. */
export function onIssued(listener: (token: string, issued: IssuedToken) => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export interface IssuedToken {
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
  /** Of those for Redis. */
  readonly redisTokenLifetimeMs: number;
}

export const usualIdentity: IdentityBehaviour = {
  cachesTokens: false,
  refuses: false,
  tokenLifetimeMs: 24 * 3_600_000,
  redisTokenLifetimeMs: 24 * 3_600_000,
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
  const lifetimeMs = audience === redisAudience ? behaviour.redisTokenLifetimeMs : behaviour.tokenLifetimeMs;
  const [token, { expiresAt }] =
    (behaviour.cachesTokens && lastFor(audience, now)) || issueFor(audience, now + lifetimeMs);
  return ok({
    access_token: token,
    expires_on: String(Math.floor(expiresAt / 1000)),
    resource,
    token_type: 'Bearer',
    client_id: 'simulated',
  });
}

/** The token itself, and what is known of it. */
export function issueFor(audience: string, expiresAt: number): readonly [string, IssuedToken] {
  const issuedToken = { audience, expiresAt };
  const name = `simulated-${randomUUID()}`;
  issued.set(name, issuedToken);
  for (const tell of listeners) tell(name, issuedToken);
  return [name, issuedToken];
}

function lastFor(audience: string, now: number): readonly [string, IssuedToken] | undefined {
  return [...issued].findLast(([, token]) => token.audience === audience && token.expiresAt > now);
}

/** The answer of Resource Manager to an `Authorization` header that is not taken. */
export function unauthorized(header: string | undefined, audience: string, now: number): Answer | undefined {
  const refusal = refusedToken(header, [audience], now);
  if (!refusal) return undefined;
  const { claims, code } = refusal;
  const challenge = challengeFor(claims ? { claims } : { error: 'invalid_token' });
  return { ...armError({ status: 401, code }), headers: { 'www-authenticate': challenge } };
}

export interface TokenRefusal {
  readonly code:
    | 'AuthenticationFailed'
    | 'ExpiredAuthenticationToken'
    | 'InvalidAuthenticationToken'
    | 'InvalidAuthenticationTokenAudience';
  /** Those that another token has to be asked for with. */
  readonly claims?: object;
}

/** Why an `Authorization` header is not taken where tokens for these audiences are. */
export function refusedToken(
  header: string | undefined,
  audiences: readonly string[],
  now: number,
): TokenRefusal | undefined {
  if (!header?.startsWith('Bearer ')) return { code: 'AuthenticationFailed' };
  const token = issued.get(header.replace(/^Bearer /, ''));
  if (!token) return { code: 'InvalidAuthenticationToken' };
  if (token.revocation) return { code: 'InvalidAuthenticationToken', ...token.revocation };
  if (!audiences.includes(token.audience)) return { code: 'InvalidAuthenticationTokenAudience' };
  return token.expiresAt <= now ? { code: 'ExpiredAuthenticationToken' } : undefined;
}

/** The `WWW-Authenticate` header. */
export function challengeFor(why: { readonly claims: object } | { readonly error: string }): string {
  const reason =
    'claims' in why
      ? `error="insufficient_claims", claims="${Buffer.from(JSON.stringify(why.claims)).toString('base64')}"`
      : `error="${why.error}"`;
  return `Bearer authorization_uri="https://login.invalid/", ${reason}`;
}

function refused(statusCode: number, message: string): Answer {
  return { status: statusCode, body: { statusCode, message } };
}
