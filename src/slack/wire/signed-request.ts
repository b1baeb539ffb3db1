import type { IncomingMessage } from 'node:http';
import { parse as parseForm } from 'node:querystring';
import { verifySlackRequest } from '@slack/bolt';

export type SlackRequest =
  | {
      readonly is: 'payload';
      readonly body: Record<string, unknown>;
      readonly signature: string;
      readonly retryNum?: number;
    }
  /** Slack's check of our certificate: unsigned, and answered with nothing but 200. */
  | { readonly is: 'ssl-check' }
  | { readonly is: 'challenge'; readonly challenge: string }
  | { readonly is: 'refused'; readonly status: 400 | 401 | 413; readonly because: string };

/** Slack's payloads are tens of kilobytes; a view can reach 250 kB. */
const bodyLimitBytes = 1024 * 1024;
/** Bolt refuses old timestamps itself, but takes any from the future. */
const clockSkewMs = 5 * 60_000;

/**
 * Reads one request of Slack's, verified against the signing secret.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export async function readSlackRequest(
  request: IncomingMessage,
  signingSecret: string,
  now: number,
): Promise<SlackRequest> {
  const raw = await readBody(request);
  if (raw === undefined) return refused(413, 'body-too-large');
  const isForm = (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if (isForm && parseForm(raw)['ssl_check'] === '1') return { is: 'ssl-check' };
  if (!isSigned(request, raw, signingSecret, now)) return refused(401, 'bad-signature');

  const body = parsePayload(raw, isForm);
  if (!body) return refused(400, 'no-payload');
  if (body['type'] === 'url_verification') return { is: 'challenge', challenge: String(body['challenge']) };
  const retryNum = Number.parseInt(header(request, 'x-slack-retry-num'), 10);
  const signature = header(request, 'x-slack-signature');
  return { is: 'payload', body, signature, ...(Number.isNaN(retryNum) ? {} : { retryNum }) };
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyLimitBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isSigned(request: IncomingMessage, body: string, signingSecret: string, now: number): boolean {
  const timestamp = Number(header(request, 'x-slack-request-timestamp') || Number.NaN);
  if (!Number.isInteger(timestamp) || timestamp * 1000 > now + clockSkewMs) return false;
  try {
    verifySlackRequest({
      signingSecret,
      body,
      headers: {
        'x-slack-signature': header(request, 'x-slack-signature'),
        'x-slack-request-timestamp': timestamp,
      },
      nowMilliseconds: now,
    });
    return true;
  } catch {
    return false;
  }
}

function parsePayload(raw: string, isForm: boolean): Record<string, unknown> | undefined {
  if (!isForm) return parseObject(raw);
  const form = parseForm(raw);
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

function header(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
}

function refused(status: 400 | 401 | 413, because: string): SlackRequest {
  return { is: 'refused', status, because };
}
