import type { WebClient } from '@slack/web-api';
import { WebAPIPlatformError } from '@slack/web-api';
import { proxyReason } from './failure.ts';
import type { Workspace } from '../../domain/people/workspace.ts';

export type TokenCheck =
  | {
      readonly is: 'accepted';
      readonly team: string;
      readonly scopes: readonly string[];
      readonly workspace?: Workspace;
      readonly botId?: string;
    }
  /** For good: `code` is Slack's name for it, e.g. `invalid_auth`. */
  | { readonly is: 'refused'; readonly code: string }
  /** `why` where it was the proxy. */
  | { readonly is: 'unreachable'; readonly why?: string };

const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]);

/** Asks Slack whether it takes our token, and whose it is. https://docs.slack.dev/reference/methods/auth.test */
export async function checkToken(client: WebClient): Promise<TokenCheck> {
  try {
    const {
      team = '',
      team_id,
      enterprise_id,
      user_id,
      bot_id,
      response_metadata,
    } = await client.auth.test();
    return {
      is: 'accepted',
      team,
      scopes: response_metadata?.scopes ?? [],
      ...(team_id &&
        user_id && {
          workspace: {
            teamId: team_id,
            teamName: team,
            botUserId: user_id,
            ...(enterprise_id && { enterpriseId: enterprise_id }),
          },
        }),
      ...(bot_id && { botId: bot_id }),
    };
  } catch (error) {
    const code = error instanceof WebAPIPlatformError ? error.data.error : '';
    if (isTokenRefused(code)) return { is: 'refused', code };
    const why = proxyReason(error);
    return { is: 'unreachable', ...(why !== undefined && { why }) };
  }
}

export function isTokenRefused(code: string): boolean {
  return refusals.has(code);
}
