import type { Settings } from '../config/settings.ts';
import type { Log } from '../ports/log.ts';

/** Logs by which way calls leave, and what of the settings means nothing. */
export function sayProxy({ network, unreadProxies }: Settings, log: Log): void {
  if (unreadProxies) log.warn({ variables: unreadProxies }, 'no proxy is used: only HTTPS_PROXY is read');
  if (!network) return;
  const { ignored, proxy } = network;
  log.info({ proxy: proxy.name }, 'calls of Slack and Azure go through the proxy of HTTPS_PROXY');
  if (ignored.length > 0) log.warn({ entries: ignored }, 'NO_PROXY has entries that mean nothing');
}
