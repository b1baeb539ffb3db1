import type { WayOut } from '../../net/way-out.ts';
import { isChart } from '../kit/chart.ts';
import { drawnChart } from '../kit/drawn-chart.ts';
import type { Message } from '../kit/message.ts';
import { NeverSent, notingNeverSent } from './never-sent.ts';
import { isSlackAddress } from './slack-address.ts';

/** Answers a command or a press through its `response_url`, visible to that person alone. Never throws for what Slack answers. */
export type Respond = (responseUrl: string, message: Message, how?: ResponseMode) => Promise<Responded>;

/** `replaceOriginal` works only on the URL of a press, for the message that was pressed on. */
export interface ResponseMode {
  readonly replaceOriginal?: boolean;
  readonly deleteOriginal?: boolean;
}

export type Responded =
  | { readonly ok: true }
  | { readonly ok: false; readonly why: 'foreign-address' | 'unreachable' | 'unsure' }
  /** `code` is Slack's name, e.g. `used_url` or `expired_url`, or the status. */
  | { readonly ok: false; readonly why: 'refused'; readonly code: string };

export interface ResponderOptions {
  /** The Web API's address; answers go to its host or to Slack's, and nowhere else. */
  readonly apiUrl: string;
  readonly out: WayOut;
  readonly timeoutMs?: number;
}

export function responder({ apiUrl, out, timeoutMs = 5000 }: ResponderOptions): Respond {
  const sendTo = notingNeverSent(out.fetch);
  const send = async (responseUrl: string, message: Message, how: ResponseMode): Promise<Responded> => {
    const body = JSON.stringify({
      response_type: 'ephemeral',
      replace_original: how.replaceOriginal ?? false,
      delete_original: how.deleteOriginal ?? false,
      mrkdwn: false,
      ...message,
    });
    const post = () =>
      sendTo(responseUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      });
    try {
      const response = await post().catch((error: unknown) => {
        if (error instanceof NeverSent) return post();
        throw error;
      });
      return outcome(response.status, await response.text());
    } catch (error) {
      return { ok: false, why: error instanceof NeverSent ? 'unreachable' : 'unsure' };
    }
  };

  return async (responseUrl, message, how = {}) => {
    if (!isSlackAddress(responseUrl, apiUrl)) return { ok: false, why: 'foreign-address' };
    const answered = await send(responseUrl, message, how);
    const isRefused = !answered.ok && answered.why === 'refused' && !urlIsOver.has(answered.code);
    if (!isRefused || !message.blocks.some(isChart)) return answered;
    return send(responseUrl, withDrawnCharts(message), how);
  };
}

/** Nothing is said with such an address any more, whatever it is. */
const urlIsOver: ReadonlySet<string> = new Set(['used_url', 'expired_url']);

/** Not every workspace's Slack takes charts. */
function withDrawnCharts(message: Message): Message {
  return { ...message, blocks: message.blocks.map((block) => (isChart(block) ? drawnChart(block) : block)) };
}

function outcome(status: number, body: string): Responded {
  const code = /"error":\s*"([a-z0-9_]+)"/.exec(body)?.[1];
  const isTaken = status >= 200 && status < 300;
  if (isTaken && code === undefined) return { ok: true };
  if (status >= 500) return { ok: false, why: 'unsure' };
  return { ok: false, why: 'refused', code: code ?? `http_${String(status)}` };
}
