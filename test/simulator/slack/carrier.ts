import type { Json } from './json.ts';

/** What Slack tells the app: a command, something pressed or submitted, an event. */
export type Envelope =
  | { readonly type: 'slash_commands'; readonly payload: Readonly<Record<string, string>> }
  | { readonly type: 'interactive'; readonly payload: Json }
  | { readonly type: 'events_api'; readonly payload: Json };

/** How the bot answered. Over a socket, status 200 is an acknowledgement. */
export interface BotAnswer {
  readonly status: number;
  readonly body: string;
  readonly ms: number;
}

/** `operation_timeout` after three seconds without an answer, `connection_failed` where there is nobody. */
export type Answered = BotAnswer | 'operation_timeout' | 'connection_failed';

export const acknowledgeWithinMs = 3000;

export interface Carriage {
  /** Marks a repetition. */
  readonly retryNum?: number;
  /** The app answers, and nobody hears it. */
  readonly loseAnswer?: boolean;
}

/** Takes envelopes to the app: over HTTP or over sockets. */
export interface Carrier {
  /** Wraps it up once; each call of the result takes one more copy of the same to the app. */
  pack(envelope: Envelope, carriage: Carriage): () => Promise<Answered>;
}
