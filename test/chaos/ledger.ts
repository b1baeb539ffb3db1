/** What people did and were shown, as the story saw it. */
export interface Ledger {
  readonly asked: Asked[];
  readonly clicks: Click[];
  /** Messages that somebody deleted, by `<channel>/<ts>`. */
  readonly deleted: Set<string>;
}

export interface Asked {
  readonly reason: string;
  readonly by: string;
  /** Slack closed the form: the bot has taken the request. */
  readonly isTaken: boolean;
}

export type Verb = 'Approve & disconnect' | 'Deny' | 'Cancel request';

export interface Click {
  readonly requestId: string;
  readonly by: string;
  readonly verb: Verb;
  readonly isAcknowledged: boolean;
  /** The person got a private answer. */
  readonly isAnswered: boolean;
}

export function newLedger(): Ledger {
  return { asked: [], clicks: [], deleted: new Set() };
}
