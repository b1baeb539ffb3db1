import { randomUUID } from 'node:crypto';
import type { Message } from './messages.ts';

const livesForMs = 30 * 60_000;
const mostUses = 5;

/** Where an app may answer a command or a press, without a token. */
export interface ResponseUrl {
  readonly channel: string;
  readonly personId: string;
  /** The message whose button was pressed; a command's URL has none, and so can replace nothing. */
  readonly original?: Message;
}

export interface ResponseUrls {
  /** The path on the simulator. */
  issue(target: ResponseUrl): string;
  /** Counts a use; says Slack's name for the reason where it may not be used. */
  use(path: string): ResponseUrl | 'used_url' | 'expired_url' | 'no_such_url';
}

export function createResponseUrls(clock: () => number): ResponseUrls {
  const issued = new Map<string, { readonly target: ResponseUrl; readonly at: number; uses: number }>();
  return {
    issue: (target) => {
      const path = `${target.original ? '/actions' : '/commands'}/T0BASTION/${randomUUID()}`;
      issued.set(path, { target, at: clock(), uses: 0 });
      return path;
    },
    use: (path) => {
      const url = issued.get(path);
      if (!url) return 'no_such_url';
      if (clock() - url.at > livesForMs) return 'expired_url';
      if (url.uses >= mostUses) return 'used_url';
      url.uses += 1;
      return url.target;
    },
  };
}
