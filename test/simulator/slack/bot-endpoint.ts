import { createHmac } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Answered } from './carrier.ts';
import { acknowledgeWithinMs } from './carrier.ts';

export interface BotRequest {
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** `old`: signed six minutes ago, and sent only now. */
  readonly sign?: boolean | 'old' | 'wrong';
  /** The app answers, and nobody hears it. */
  readonly loseAnswer?: boolean;
}

export interface SentRequest {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The address where Slack reaches the app; nothing is sent before it is known. */
export interface BotEndpoint {
  connect(botUrl: string): void;
  send(botRequest: BotRequest): Promise<Answered>;
  /** The last request, byte for byte, as somebody could keep it who sees it pass. */
  readonly lastSent: () => SentRequest;
  /** Sends it again, to any address. */
  replay(sent: SentRequest, botUrl: string): Promise<Answered>;
  close(): void;
}

export function createBotEndpoint(signingSecret: string, clock: () => number): BotEndpoint {
  const agent = new Agent({ keepAlive: true });
  let url: URL | undefined;
  let last: SentRequest | undefined;
  return {
    connect: (botUrl) => {
      url = eventsAt(botUrl);
    },
    send: (botRequest) => {
      if (!url) throw new Error('connect(botUrl) first: this Slack does not know where the bot is');
      const headers = { ...signature(botRequest, signingSecret, clock()), ...botRequest.headers };
      last = { body: botRequest.body, headers };
      return post(url, headers, botRequest, agent);
    },
    lastSent: () => {
      if (!last) throw new Error('nothing was sent yet');
      return last;
    },
    replay: (sent, botUrl) => post(eventsAt(botUrl), sent.headers, sent, agent),
    close: () => {
      agent.destroy();
    },
  };
}

function eventsAt(botUrl: string): URL {
  return new URL('/slack/events', botUrl);
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function signature({ body, sign = true }: BotRequest, secret: string, now: number): Record<string, string> {
  if (sign === false) return {};
  const timestamp = String(Math.floor(now / 1000) - (sign === 'old' ? 360 : 0));
  const key = sign === 'wrong' ? `${secret}?` : secret;
  const digest = createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { body, loseAnswer = false }: BotRequest,
  agent: Agent,
): Promise<Answered> {
  const startedAt = performance.now();
  const signal = AbortSignal.timeout(acknowledgeWithinMs);
  const outgoing = request(url, {
    method: 'POST',
    agent,
    signal,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      ...headers,
    },
  });
  try {
    outgoing.end(body);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve).once('error', reject);
    });
    const answer = { status: response.statusCode ?? 0, body: await text(response) };
    return loseAnswer ? 'connection_failed' : { ...answer, ms: performance.now() - startedAt };
  } catch {
    return signal.aborted ? 'operation_timeout' : 'connection_failed';
  }
}
