import type { IncomingMessage } from 'node:http';
import type { ParsedUrlQuery } from 'node:querystring';
import { parse as parseForm } from 'node:querystring';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isForm } from './request-head.ts';

/** So short is Slack's check of our certificate. */
const mostBytes = 512;

/** Slack's check of our certificate is unsigned. It is seen where it came with its head; no body is waited for. */
export async function checksCertificate(request: IncomingMessage): Promise<boolean> {
  const { headers } = request;
  if (!isForm(headers) || !(Number(headers['content-length']) <= mostBytes)) return false;
  await nextTurn();
  const came: unknown = request.complete ? request.read() : undefined;
  return Buffer.isBuffer(came) && isCertificateCheck(parseForm(came.toString('utf8')));
}

export function isCertificateCheck(form: ParsedUrlQuery): boolean {
  return form['ssl_check'] === '1';
}
