import type { IncomingHttpHeaders } from 'node:http';
import type { ParsedUrlQuery } from 'node:querystring';
import { parse as parseForm } from 'node:querystring';
import { verifySlackRequest } from '@slack/bolt';
import { isCertificateCheck } from './certificate-check.ts';
import { headerIn, isForm, signatureIn } from './request-head.ts';

export type SlackRequest =
  | {
      readonly is: 'payload';
      readonly body: Record<string, unknown>;
      readonly signature: string;
      readonly retryNum?: number;
    }
  /** Slack's check of our certificate, answered with nothing but 200. */
  | { readonly is: 'ssl-check' }
  | { readonly is: 'challenge'; readonly challenge: string }
  | { readonly is: 'no-payload' };

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function isSigned(
  { headers, raw }: { readonly headers: IncomingHttpHeaders; readonly raw: string },
  { signingSecret, now }: { readonly signingSecret: string; readonly now: number },
): boolean {
  const { signature, timestamp } = signatureIn(headers);
  try {
    verifySlackRequest({
      signingSecret,
      body: raw,
      headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) },
      nowMilliseconds: now,
    });
    return true;
  } catch {
    return false;
  }
}

export function readSlackRequest(headers: IncomingHttpHeaders, raw: string): SlackRequest {
  const form = isForm(headers) ? parseForm(raw) : undefined;
  if (form && isCertificateCheck(form)) return { is: 'ssl-check' };
  const body = form ? payloadIn(form) : parseObject(raw);
  if (!body) return { is: 'no-payload' };
  if (body['type'] === 'url_verification') return { is: 'challenge', challenge: String(body['challenge']) };
  const retryNum = Number.parseInt(headerIn(headers, 'x-slack-retry-num'), 10);
  const { signature } = signatureIn(headers);
  return { is: 'payload', body, signature, ...(Number.isNaN(retryNum) ? {} : { retryNum }) };
}

function payloadIn(form: ParsedUrlQuery): Record<string, unknown> | undefined {
  const { payload } = form;
  return typeof payload === 'string' ? parseObject(payload) : { ...form };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
