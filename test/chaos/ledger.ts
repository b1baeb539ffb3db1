/** What people did and were shown, as the story saw it. */
export interface Ledger {
  readonly asked: Asked[];
  readonly clicks: Click[];
  /** Messages that somebody deleted, by `<channel>/<ts>`. */
  readonly deleted: Set<string>;
  readonly away: Away[];
  readonly later: LaterRecords[];
}

/** A host that Azure did not have for a while. */
export interface Away {
  readonly hostId: string;
  readonly from: number;
  /** When the bot had read it again. */
  readonly until: number;
}

export interface Asked {
  readonly reason: string;
  readonly by: string;
  /** Slack closed the form: the bot has taken the request. */
  readonly isTaken: boolean;
}

/** What a later version, which runs beside, has stored. */
export interface LaterRecords {
  readonly hostName: string;
  /** By key. */
  readonly texts: Readonly<Record<string, string>>;
  /** A member of what is due. */
  readonly due: string;
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
  return { asked: [], clicks: [], deleted: new Set(), away: [], later: [] };
}
