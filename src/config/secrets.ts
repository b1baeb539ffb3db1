/** Never shown, not even when they are wrong. */
export const secrets: ReadonlySet<string> = new Set([
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'REDIS_URL',
  'HTTPS_PROXY',
]);

/** Also those that the bot does not read. A child may need one without a password to get out. */
const proxies = new Set(['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']);

/** A library may start programs, which get the rest. The credentials of Azure stay: its SDK reads them at every sign-in. */
export function withdrawSecrets(env: Record<string, string | undefined>): void {
  for (const [name, value = ''] of Object.entries(env)) {
    const isSecret = proxies.has(name.toUpperCase()) ? value.includes('@') : secrets.has(name);
    if (isSecret) delete env[name];
  }
}
