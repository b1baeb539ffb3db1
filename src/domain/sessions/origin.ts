import { isSameJson } from '../kit/same-json.ts';

/** Who is behind a session and from where, by how it is known. */
export interface Origin {
  /** `exact`: the connection bears the session's own id. `likely`: the only one that fits. `one-of`: several do. */
  readonly known: 'exact' | 'likely' | 'one-of';
  /** One of these is behind it; of `exact` and `likely` there is one. */
  readonly candidates: readonly Candidate[];
  /** The session is so young that the row of another candidate may still be on its way. */
  readonly isSoFar: boolean;
}

export interface Candidate {
  /** The sign-in name of the Entra user, an e-mail address; not the login on the machine. */
  readonly entraUser?: string;
  readonly clientAddress?: string;
  readonly userAgent?: string;
  readonly tunnelId?: string;
}

interface Originated {
  readonly origin?: Origin;
  readonly clientAddress?: string;
}

/** The Entra user who is proven to be behind it: nobody else is written to or called its owner. */
export function exactUserOf({ origin }: Originated): string | undefined {
  return origin?.known === 'exact' ? origin.candidates[0]?.entraUser : undefined;
}

export function possibleUsersOf({ origin }: Originated): readonly string[] {
  return origin?.candidates.flatMap(({ entraUser }) => entraUser ?? []) ?? [];
}

export function addressesOf({ clientAddress, origin }: Originated): readonly string[] {
  const known = origin?.candidates.flatMap((candidate) => candidate.clientAddress ?? []) ?? [];
  return clientAddress === undefined ? known : [clientAddress, ...known];
}

const howWell: Readonly<Record<Origin['known'], number>> = { exact: 3, likely: 2, 'one-of': 1 };

/** The larger, the better it is known who is behind it. */
export function howWellKnown({ origin }: Originated): number {
  return origin ? howWell[origin.known] : 0;
}

/** Whether this is to be kept instead. An exactly known user stays: what says otherwise is an older answer of the log. */
export function isNews(known: Originated, origin: Origin | undefined): boolean {
  return exactUserOf(known) === undefined && !isSameJson(known.origin, origin);
}
