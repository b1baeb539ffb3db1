import type { BastionHost } from '../hosts/host.ts';
import { wholePattern } from '../kit/glob.ts';
import type { Policy, Rule } from '../policy/policy.ts';
import type { Login } from './login.ts';
import { loginPattern, readLogin } from './login.ts';
import type { Session } from './session.ts';
import { machineNames } from './session.ts';

/** The first rule that matches the session decides; undefined where none does. */
export function ruleFor({ rules }: Policy, host: BastionHost, session: Session): Rule | undefined {
  let read: Login | undefined;
  const login = () => (read ??= readLogin(session.vmLogin));
  return readRules(rules).find(
    ({ fits }) =>
      fits.host(host.name) &&
      fits.resourceGroup(host.resourceGroup) &&
      machineNames(session).some(fits.vm) &&
      fits.user(login) &&
      fits.protocol(session.protocol),
  )?.rule;
}

type ReadRule = ReturnType<typeof readRule>;

/** What is read of a policy once holds as long as it. */
const known = new WeakMap<Policy['rules'], readonly ReadRule[]>();

function readRules(rules: Policy['rules']): readonly ReadRule[] {
  const read = known.get(rules) ?? rules.map(readRule);
  known.set(rules, read);
  return read;
}

function readRule(rule: Rule) {
  const { host, resourceGroup, vm, user, protocol, ...rest } = rule.match;
  // A field that is ignored would let the rule catch more than was written.
  rest satisfies Record<string, never>;
  const userFits = user === undefined ? undefined : loginPattern(user).fits;
  const protocolFits = protocol?.map(wholePattern);
  const fits = {
    host: wholePattern(host ?? '*'),
    resourceGroup: wholePattern(resourceGroup ?? '*'),
    vm: wholePattern(vm ?? '*'),
    /** The login is read for the rules only that ask for it. */
    user: (login: () => Login) => userFits?.(login()) ?? true,
    protocol: (text: string) => protocolFits?.some((fit) => fit(text)) ?? true,
  };
  return { rule, fits };
}
