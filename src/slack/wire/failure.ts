import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import type { ChannelFailure } from '../../ports/channel.ts';
import { NeverSent, proxyFailureIn } from './never-sent.ts';

/** Where Slack names no time. */
const retryAfterMs = 30_000;

/** Errors that pass by themselves, and that come before anything is done. */
const passing = new Set(['service_unavailable', 'request_timeout', 'team_added_to_org', 'accesslimited']);

/** "It's possible some aspect of the operation succeeded before the error was raised", say Slack's pages. */
const halfDone = new Set(['fatal_error', 'internal_error']);

/** The message is not there to be changed: deleted, or Slack lets nobody change it any more. */
const gone = new Set([
  'message_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
]);

/** What a failed call of the Web API means for the message it was about. */
export function channelFailure(error: unknown, now: number): ChannelFailure {
  if (error instanceof WebAPIRateLimitedError) return rateLimited(error.retryAfter * 1000, now);
  if (error instanceof WebAPIRequestError && error.original instanceof NeverSent) {
    return { ok: false, why: 'unreachable' };
  }
  const isRefusedByStatus = error instanceof WebAPIHTTPError && error.statusCode < 500;
  if (isRefusedByStatus) return { ok: false, why: 'unreachable' };
  const code = slackCode(error);
  if (code === undefined) {
    return { ok: false, why: 'unsure', ...(error instanceof WebAPIHTTPError && { isAnswered: true }) };
  }
  if (halfDone.has(code)) return { ok: false, why: 'unsure', isAnswered: true };
  if (code === 'ratelimited' || code === 'rate_limited') return rateLimited(retryAfterMs, now);
  if (gone.has(code)) return { ok: false, why: 'message-gone' };
  return passing.has(code) ? { ok: false, why: 'unreachable' } : { ok: false, why: 'refused', code };
}

/** What the proxy did, in words, where it was the proxy that kept us from Slack. */
export function proxyReason(error: unknown): string | undefined {
  if (!(error instanceof WebAPIRequestError) || !(error.original instanceof NeverSent)) return undefined;
  return proxyFailureIn(error.original.cause)?.message;
}

/** Slack's name for the reason; undefined where it was not Slack who answered, but a proxy, or nobody. */
export function slackCode(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError)) return undefined;
  return /^[a-z0-9_]+$/.test(error.data.error) ? error.data.error : undefined;
}

/** The scope that the app would need for the call, where that is why it failed. */
export function missingScope(error: unknown): string | undefined {
  if (!(error instanceof WebAPIPlatformError) || error.data.error !== 'missing_scope') return undefined;
  const needed = 'needed' in error.data ? error.data.needed : undefined;
  return typeof needed === 'string' && /^[a-z:._,]+$/.test(needed) ? needed : 'unknown';
}

function rateLimited(afterMs: number, now: number): ChannelFailure {
  return { ok: false, why: 'rate-limited', retryAt: now + afterMs };
}
