/** A Slack user id, `U…` or `W…`. */
export type UserId = string;

export interface Person {
  readonly id: UserId;
  /** Absent where an Enterprise Grid payload names no workspace. */
  readonly teamId?: string;
}

export type Lookup<Value> = { readonly ok: true; readonly value: Value } | FailedLookup;

export interface FailedLookup {
  readonly ok: false;
  readonly missingScope?: string;
  readonly isGone?: true;
}

export interface Profile {
  readonly standing: Standing;
  /** An IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone?: string;
  readonly email?: string;
}

/** `elsewhere`: of another company's workspace, here through a shared channel. `bot`: an app's, and nobody's. */
export type Standing = 'member' | 'guest' | 'elsewhere' | 'deactivated' | 'bot';
