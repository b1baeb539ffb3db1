import type { BastionHost } from '../hosts/host.ts';
import { matchesGlob } from '../kit/glob.ts';
import type { Policy, Rule } from '../policy/policy.ts';
import type { Login } from './login.ts';
import { loginPattern, readLogin } from './login.ts';
import type { Session } from './session.ts';
import { machineNames } from './session.ts';

/** The first rule that matches the session decides; undefined where none does. */
export function ruleFor(policy: Policy, host: BastionHost, session: Session): Rule | undefined {
  let read: Login | undefined;
  const login = () => (read ??= readLogin(session.vmLogin));
  return policy.rules.find(({ match }) => {
    const fits = (pattern: string | undefined, text: string) =>
      pattern === undefined || matchesGlob(pattern, text);
    return (
      fits(match.host, host.name) &&
      fits(match.resourceGroup, host.resourceGroup) &&
      machineNames(session).some((name) => fits(match.vm, name)) &&
      (match.user === undefined || loginPattern(match.user).fits(login())) &&
      (match.protocol === undefined ||
        match.protocol.some((protocol) => matchesGlob(protocol, session.protocol)))
    );
  });
}
