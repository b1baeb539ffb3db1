import { z } from 'zod';

/** What Slack says over a socket. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type Frame =
  | { readonly is: 'hello' }
  /** The connection is going to be closed, and wants a successor. */
  | { readonly is: 'disconnect'; readonly reason: string }
  | { readonly is: 'envelope'; readonly envelope: Envelope }
  | { readonly is: 'unreadable' };

export interface Envelope {
  readonly id: string;
  readonly payload: Record<string, unknown>;
  readonly retryNum?: number;
}

const said = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('disconnect'), reason: z.string().catch('unnamed') }),
  z.object({
    type: z.enum(['slash_commands', 'interactive', 'events_api']),
    envelope_id: z.string().min(1),
    payload: z.record(z.string(), z.unknown()),
    retry_attempt: z.number().optional().catch(undefined),
  }),
]);

/** Anybody's bytes: never throws. */
export function readFrame(text: string): Frame {
  const { data } = said.safeParse(parsed(text));
  if (!data) return { is: 'unreadable' };
  if (data.type === 'hello') return { is: 'hello' };
  if (data.type === 'disconnect') return { is: 'disconnect', reason: data.reason };
  const { envelope_id: id, payload, retry_attempt: retryNum } = data;
  return { is: 'envelope', envelope: { id, payload, ...(retryNum !== undefined && { retryNum }) } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
