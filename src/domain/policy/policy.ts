import type { BastionHost } from '../hosts/host.ts';
import type { Session } from '../sessions/session.ts';

/** The policy file, with durations in milliseconds. */
export interface Policy {
  readonly channels: { readonly alerts: string; readonly approvals: string };
  readonly access: AccessPolicy;
  readonly disconnect: DisconnectPolicy;
  readonly polling: { readonly everyMs: number };
  /** The first that matches decides; a session that matches none is never alerted on. */
  readonly rules: readonly Rule[];
  readonly people: readonly PersonMapping[];
  /** How long ended sessions are remembered. */
  readonly historyDays: number;
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

/** Who is behind a VM login: a Slack user id, or an e-mail address in which `{login}` stands for the login. */
export interface PersonMapping {
  readonly vmLogin: string;
  readonly slack?: string;
  readonly email?: string;
}

/** `*` stands for any run of characters, everything else for itself; compared without case. */
export function matchesGlob(pattern: string, text: string): boolean {
  return regExpOf(pattern).test(text);
}

const regExps = new Map<string, RegExp>();

function regExpOf(pattern: string): RegExp {
  const known = regExps.get(pattern);
  if (known) return known;
  const source = pattern.replaceAll(/[\\^$.|?+()[\]{}]/g, String.raw`\$&`).replaceAll(/\*+/g, '.*');
  const regExp = new RegExp(`^${source}$`, 'isu');
  regExps.set(pattern, regExp);
  return regExp;
}

export function ruleFor(policy: Policy, host: BastionHost, session: Session): Rule | undefined {
  return policy.rules.find(({ match }) => {
    const fits = (pattern: string | undefined, text: string) =>
      pattern === undefined || matchesGlob(pattern, text);
    return (
      fits(match.host, host.name) &&
      fits(match.resourceGroup, host.resourceGroup) &&
      fits(match.vm, session.vm.name) &&
      fits(match.user, session.vmLogin) &&
      (match.protocol === undefined ||
        match.protocol.some((protocol) => matchesGlob(protocol, session.protocol)))
    );
  });
}

/** Whether the policy says that this person is behind the login; `email` is theirs as Slack knows it. */
export function isMappedTo(
  policy: Policy,
  session: Session,
  { id, email }: { readonly id: string; readonly email?: string },
): boolean {
  const mapping = mappingFor(policy, session);
  if (mapping?.slack !== undefined) return mapping.slack === id;
  return email !== undefined && mapping !== undefined && addressOf(mapping, session) === email.toLowerCase();
}

/** The e-mail address that a mapping makes of a login, in lower case; undefined where it names a Slack user. */
export function addressOf({ email }: PersonMapping, { vmLogin }: Session): string | undefined {
  return email?.replaceAll('{login}', () => vmLogin).toLowerCase();
}

/** The first mapping whose login matches; a blank login is nobody's. */
export function mappingFor(policy: Policy, { vmLogin }: Session): PersonMapping | undefined {
  return vmLogin === '' ? undefined : policy.people.find((mapping) => matchesGlob(mapping.vmLogin, vmLogin));
}
