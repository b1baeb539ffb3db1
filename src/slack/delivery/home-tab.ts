import type { WebClient } from '@slack/web-api';
import type { HomeTab } from '../../ports/home-tab.ts';
import { homeView } from '../home/home.ts';
import { channelFailure } from '../wire/failure.ts';

export interface SlackHomeTabOptions {
  readonly client: WebClient;
  readonly clock: () => number;
}

/** https://docs.slack.dev/reference/methods/views.publish */
export function slackHomeTab({ client, clock }: SlackHomeTabOptions): HomeTab {
  return {
    publish: async (user, home, drawnAt) => {
      try {
        await client.views.publish({ user_id: user, view: homeView(home, drawnAt) });
        return { ok: true };
      } catch (error) {
        return channelFailure(error, clock());
      }
    },
  };
}
