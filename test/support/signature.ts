import { createHmac } from 'node:crypto';

export interface Unsigned {
  readonly body: string;
  readonly signingSecret: string;
  readonly now: number;
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signatureHeaders({ body, signingSecret, now }: Unsigned): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(now / 1000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
