import { createHash } from 'node:crypto';
import type { WebClient } from '@slack/web-api';
import type { Installed } from '../../domain/people/workspace.ts';
import type { TokenCheck } from './token-check.ts';
import { checkToken } from './token-check.ts';

export interface InstalledApp {
  /** Asks whether Slack takes the token and where it belongs, and remembers the answer. */
  ask(): Promise<TokenCheck>;
  learn(appId: string): void;
  readonly installed: () => Installed;
}

export function installedApp(client: WebClient, botToken: string): InstalledApp {
  const token = fingerprint(botToken);
  let workspace: Installed['workspace'];
  let appId: string | undefined;

  /** Asked until it is known, where the app may ask. https://docs.slack.dev/reference/methods/bots.info */
  async function askForApp(botId: string, scopes: readonly string[]): Promise<void> {
    if (appId !== undefined || (scopes.length > 0 && !scopes.includes('users:read'))) return;
    const { bot } = await client.bots.info({ bot: botId }).catch(() => ({ bot: undefined }));
    appId = bot?.app_id;
  }

  return {
    ask: async () => {
      const check = await checkToken(client);
      if (check.is !== 'accepted' || !check.workspace) return check;
      if (check.botId !== undefined) await askForApp(check.botId, check.scopes);
      workspace = check.workspace;
      return check;
    },
    learn: (named) => {
      appId = named;
    },
    installed: () => ({
      token,
      ...(workspace && { workspace: { ...workspace, ...(appId !== undefined && { appId }) } }),
    }),
  };
}

/** Too short to be anything but a comparison. */
function fingerprint(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 16);
}
