import type { IncomingHttpHeaders } from 'node:http';
import { readArguments } from './arguments.ts';
import type { Json } from './json.ts';
import { field, textField } from './json.ts';
import type { Method } from './methods/method.ts';
import { methods } from './methods/table.ts';
import type { RateLimits } from './rate-limits.ts';
import { attempt, Refusal } from './refusal.ts';
import type { Answer, Call } from './server.ts';
import type { Workspace } from './workspace.ts';

/** Reads one call to `/api/<method>`, so that it can be carried out, or not. */
export function webApiCall(
  name: string,
  headers: IncomingHttpHeaders,
  body: string,
  workspace: Workspace,
  limits: RateLimits,
): Call {
  const args = attempt(() => readArguments(headers, body));
  const known = args instanceof Refusal ? {} : args;
  const channel = textField(known, 'channel');
  const method = methods.get(name);
  const accepted = { 'x-oauth-scopes': [...workspace.token.scopes].join(',') };
  return {
    method: name,
    args: withoutToken(known),
    ...(channel !== undefined && { channel }),
    carryOut: () => {
      if (!method) return refused(new Refusal('unknown_method', { req_method: name }), {});
      const taken = limits.take(name, channel, method.rate);
      if (taken !== 'taken') return limited(taken.retryAfterSeconds);
      const result = attempt(() => {
        checkToken(headers, known, method, workspace);
        checkScopes(method, workspace);
        if (args instanceof Refusal) throw args;
        return method.call(args, workspace);
      });
      const replyHeaders = { ...accepted, 'x-accepted-oauth-scopes': method.scopes.join(',') };
      return result instanceof Refusal
        ? refused(result, replyHeaders)
        : { status: 200, headers: replyHeaders, body: { ok: true, ...result }, outcome: 'ok' };
    },
  };
}

export function refused({ code, details }: Refusal, headers: Readonly<Record<string, string>>): Answer {
  return {
    status: 200,
    headers,
    body: { ok: false, error: code, ...details },
    outcome: `refused: ${code}`,
  };
}

function limited(retryAfterSeconds: number): Answer {
  return {
    status: 429,
    headers: { 'retry-after': String(retryAfterSeconds) },
    body: { ok: false, error: 'ratelimited' },
    outcome: 'status 429',
  };
}

function checkToken(
  headers: IncomingHttpHeaders,
  args: Json,
  { forApp = false }: Method,
  { token, appToken }: Workspace,
): void {
  const bearer = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? textField(args, 'token');
  if (given === undefined) throw new Refusal('not_authed');
  if (given === (forApp ? token : appToken).value) throw new Refusal('not_allowed_token_type');
  if (given !== (forApp ? appToken : token).value) throw new Refusal('invalid_auth');
}

function checkScopes({ scopes, forApp = false }: Method, { token, appToken }: Workspace): void {
  const granted = (forApp ? appToken : token).scopes;
  if (scopes.length === 0 || scopes.some((scope) => granted.has(scope))) return;
  throw new Refusal('missing_scope', {
    needed: scopes.join(','),
    provided: [...granted].join(','),
  });
}

function withoutToken(args: Json): Json {
  return field(args, 'token') === undefined ? args : { ...args, token: '…' };
}
