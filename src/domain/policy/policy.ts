export interface Policy {
  readonly channels: { readonly alerts: string; readonly approvals: string };
  readonly access: AccessPolicy;
  readonly disconnect: DisconnectPolicy;
  readonly polling: { readonly everyMs: number };
  /** The first that matches decides; a session that matches none is never alerted on. */
  readonly rules: readonly Rule[];
  readonly people: readonly PersonMapping[];
  readonly historyDays: number;
}

/** By which policy something is decided, and when. */
export interface PolicyNow {
  readonly policy: Policy;
  readonly now: number;
}

export interface AccessPolicy {
  readonly view: readonly Principal[];
  readonly disconnect: readonly Principal[];
  readonly approve: readonly Principal[];
}

/** A Slack user id (`U…`, `W…`), a Slack user-group id (`S…`), or `everyone`. */
export type Principal = string;

export type Right = keyof AccessPolicy;

export interface DisconnectPolicy {
  readonly approval: 'required' | 'none' | 'off';
  readonly expiresAfterMs: number;
  readonly ownerMayApprove: boolean;
  readonly maxPerHour: number;
  /** What the owner of a session hears once it was ended: that it was and whom to ask, or who and why too. */
  readonly tellOwner: 'all' | 'ended' | 'off';
}

export interface Rule {
  readonly name: string;
  readonly match: RuleMatch;
  readonly warnAfterMs: number;
}

/** Glob patterns, compared without case; an absent field matches everything. */
export interface RuleMatch {
  readonly host?: string;
  readonly resourceGroup?: string;
  readonly vm?: string;
  readonly user?: string;
  readonly protocol?: readonly string[];
}

/** Who is behind a VM login: a Slack user id, several where it is shared, or an e-mail address in which `{login}` stands for the login. */
export interface PersonMapping {
  readonly vmLogin: string;
  readonly slack?: string | readonly string[];
  readonly email?: string;
}
