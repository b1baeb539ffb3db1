import { readFileSync } from 'node:fs';

/** The user that docs/operate.md tells to make in Redis: its name, and the rules that follow it. */
export function redisRights(): { readonly user: string; readonly rules: readonly string[] } {
  const page = readFileSync('docs/operate.md', 'utf8');
  const [, user = '', rules = ''] = /^ACL SETUSER (\S+) (.+)$/m.exec(page) ?? [];
  return { user, rules: rules.split(' ') };
}
