import type { Logger } from '@slack/web-api';
import { LogLevel, WebClient } from '@slack/web-api';
import type { Log } from '../../ports/log.ts';
import type { WayOut } from '../../net/way-out.ts';
import { notingNeverSent } from './never-sent.ts';

export interface WebClientOptions {
  readonly token: string;
  /** Ends in a slash. */
  readonly apiUrl: string;
  readonly timeoutMs: number;
  /** After connection errors and 5xx; a call whose repetition would show twice takes 0. */
  readonly retries: number;
  readonly out: WayOut;
  readonly log: Log;
}

/** Answers in time or fails. A rate limit is reported at once: the library's own waiting would stop every other call of the client. */
export function webClient({ token, apiUrl, timeoutMs, retries, out, log }: WebClientOptions): WebClient {
  return new WebClient(token, {
    slackApiUrl: apiUrl,
    timeout: timeoutMs,
    retryConfig: { retries, minTimeout: 200, maxTimeout: 1000 },
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: notingNeverSent(out.fetch),
    logger: slackLogger(log),
  });
}

/** The debug lines of Slack's libraries hold whole bodies, with trigger ids and response URLs: they go nowhere. */
export function slackLogger(log: Log): Logger {
  const said = (parts: readonly unknown[]) => ({
    said: parts
      .filter((part) => typeof part === 'string')
      .join(' ')
      .slice(0, 300),
  });
  const nothing = () => undefined;
  return {
    debug: nothing,
    info: nothing,
    warn: (...parts: unknown[]) => {
      log.warn(said(parts), 'slack client warned');
    },
    error: (...parts: unknown[]) => {
      log.error(said(parts), 'slack client failed');
    },
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}
