import type { IncomingMessage } from 'node:http';

/**
 * Why a request is turned away. A page of the internet can make its own name point here, and can send forms anywhere:
 * so the name asked for has to be loopback's, the page that asks has to be ours, and a body has to be JSON, which no
 * foreign page may send unasked. https://owasp.org/www-community/attacks/csrf
 */
export function refusal({ headers, method, socket }: IncomingMessage): string | undefined {
  const port = String(socket.localPort);
  const ours = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!ours.includes(headers.host ?? '')) return 'this page answers on loopback only';
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host ?? ''}`)
    return 'another page may not ask here';
  if (headers['sec-fetch-site'] === 'cross-site') return 'another page may not ask here';
  if (method === 'POST' && headers['content-type'] !== 'application/json') return 'a deed comes as JSON';
  return undefined;
}

/** On every answer: the page loads and sends nothing anywhere else, and nobody frames it. */
export const safetyHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
