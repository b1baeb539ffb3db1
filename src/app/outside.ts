import type { WebClient } from '@slack/web-api';
import { clouds } from '../azure/arm/clouds.ts';
import type { LazyAzure } from '../azure/lazy-azure.ts';
import { lazyAzure } from '../azure/lazy-azure.ts';
import type { InstalledApp } from '../slack/wire/installed-app.ts';
import { installedApp } from '../slack/wire/installed-app.ts';
import { webClient } from '../slack/wire/web-client.ts';
import type { Start } from './start.ts';
import { version } from './version.ts';

/** The clients of Slack and Azure; none of them has called anybody yet. */
export interface Outside {
  readonly interactive: WebClient;
  readonly background: WebClient;
  readonly slack: InstalledApp;
  readonly azure: LazyAzure;
}

export function outside({ settings, out, clock, log }: Start): Outside {
  const { botToken: token, apiUrl } = settings.slack;
  // A rate limit on posts must never keep a modal from opening within its three seconds.
  const interactive = webClient({ token, apiUrl, timeoutMs: 2500, retries: 0, out, log });
  const background = webClient({ token, apiUrl, timeoutMs: 8000, retries: 0, out, log });
  const cloud = clouds[settings.azure.cloud];
  return {
    interactive,
    background,
    slack: installedApp(background, token),
    azure: lazyAzure({ ...settings.azure, cloud, out, version, clock, log }),
  };
}
