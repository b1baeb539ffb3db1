/** Their values are never shown, not even when they are wrong. */
export const secrets: ReadonlySet<string> = new Set([
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'REDIS_URL',
  'HTTPS_PROXY',
]);

/** Also those that are not read, and what a child may need to get out, as long as there is no password in it. */
const proxies = new Set(['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']);

/** A library may start programs, which get the rest. What signs in to Azure stays: its SDK reads it at every sign-in. */
export function withdrawSecrets(env: Record<string, string | undefined>): void {
  for (const [name, value = ''] of Object.entries(env)) {
    const isSecret = proxies.has(name.toUpperCase()) ? value.includes('@') : secrets.has(name);
    if (isSecret) delete env[name];
  }
}
