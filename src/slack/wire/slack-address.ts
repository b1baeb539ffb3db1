/** Whether an address from a payload is Slack's: a host of slack.com over https, or where the Web API is. */
export function isSlackAddress(address: string, apiUrl: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.origin === new URL(apiUrl).origin) return true;
  return url.protocol === 'https:' && url.hostname.endsWith('.slack.com') && url.port === '';
}
