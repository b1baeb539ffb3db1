import { textField } from '../json.ts';
import { rates } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Method } from './method.ts';

export const authTest: Method = {
  scopes: [],
  rate: rates.unlimited,
  call: (_, { world }) => ({
    url: `https://${world.team.domain}.slack.com/`,
    team: world.team.name,
    user: 'bastion',
    team_id: world.team.id,
    user_id: world.bot.userId,
    bot_id: world.bot.botId,
    ...(world.enterprise && { enterprise_id: world.enterprise.id }),
    is_enterprise_install: false,
  }),
};

/** https://docs.slack.dev/reference/methods/bots.info */
export const botsInfo: Method = {
  scopes: ['users:read'],
  rate: rates.tier3,
  call: (args, { world: { bot } }) => {
    if (textField(args, 'bot') !== bot.botId) throw new Refusal('bot_not_found');
    return {
      bot: {
        id: bot.botId,
        deleted: false,
        name: 'Bastion Bot',
        updated: 1_700_000_000,
        app_id: bot.appId,
        user_id: bot.userId,
      },
    };
  },
};

export const teamInfo: Method = {
  scopes: ['team:read'],
  rate: rates.tier3,
  call: (_, { world }) => ({ team: world.team }),
};
