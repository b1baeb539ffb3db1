import { rates } from '../rate-limits.ts';
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

export const teamInfo: Method = {
  scopes: ['team:read'],
  rate: rates.tier3,
  call: (_, { world }) => ({ team: world.team }),
};
