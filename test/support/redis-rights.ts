import { readFileSync } from 'node:fs';

/** The user that the README tells to make in Redis: its name, and the rules that follow it. */
export function redisRights(): { readonly user: string; readonly rules: readonly string[] } {
  const readme = readFileSync('README.md', 'utf8');
  const [, user = '', rules = ''] = /^ACL SETUSER (\S+) (.+)$/m.exec(readme) ?? [];
  return { user, rules: rules.split(' ') };
}
