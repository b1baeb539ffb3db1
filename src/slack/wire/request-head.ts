import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Refusal } from './refusals.ts';

/** Slack refuses older ones to be replayed; a clock may be as much ahead. */
const freshWithinMs = 5 * 60_000;

/** Why a request is none of Slack's, as far as its head tells. */
export function refusalByHead(
  { method, url, headers }: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { now, bodyBytes }: { readonly now: number; readonly bodyBytes: number },
): Refusal | undefined {
  if (method !== 'POST' || url?.split('?')[0] !== '/slack/events') return 'wrong-address';
  const { signature, timestamp } = signatureIn(headers);
  if (!/^v0=[\da-f]{64}$/.test(signature) || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  if (Math.abs(Number(timestamp) * 1000 - now) > freshWithinMs) return 'stale-time';
  if (!isForm(headers) && !/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    return 'wrong-type';
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') return 'wrong-type';
  const length = headers['content-length'];
  if (length === undefined) return headers['transfer-encoding'] === undefined ? 'no-payload' : undefined;
  if (Number(length) === 0) return 'no-payload';
  return Number(length) > bodyBytes ? 'body-too-large' : undefined;
}

export function isForm(headers: IncomingHttpHeaders): boolean {
  return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(headers['content-type'] ?? '');
}

export function signatureIn(headers: IncomingHttpHeaders) {
  return {
    signature: headerIn(headers, 'x-slack-signature'),
    timestamp: headerIn(headers, 'x-slack-request-timestamp'),
  };
}

export function headerIn(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}
