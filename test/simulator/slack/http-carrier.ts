import type { BotEndpoint } from './bot-endpoint.ts';
import type { Carrier, Envelope } from './carrier.ts';

/** Signed requests to the address of the app. */
export function httpCarrier(bot: BotEndpoint): Carrier {
  return {
    pack: (envelope, { retryNum, loseAnswer = false }) => {
      const { body, headers } = encoded(envelope);
      return () => bot.send({ body, loseAnswer, headers: { ...headers, ...retryHeaders(retryNum) } });
    },
  };
}

function encoded(envelope: Envelope): { readonly body: string; readonly headers: Record<string, string> } {
  switch (envelope.type) {
    case 'slash_commands':
      return { body: new URLSearchParams(envelope.payload).toString(), headers: {} };
    case 'interactive':
      return {
        body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(),
        headers: {},
      };
    case 'events_api':
      return {
        body: JSON.stringify(envelope.payload),
        headers: { 'content-type': 'application/json' },
      };
  }
}

function retryHeaders(retryNum: number | undefined): Record<string, string> {
  if (retryNum === undefined) return {};
  return { 'x-slack-retry-num': String(retryNum), 'x-slack-retry-reason': 'http_timeout' };
}
