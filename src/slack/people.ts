import type { WebClient } from '@slack/web-api';
import type { Profile, Standing, Lookup, UserId } from '../domain/people/person.ts';
import type { Workspace } from '../domain/people/workspace.ts';
import type { Log } from '../ports/log.ts';
import type { People } from '../ports/people.ts';
import { missingScope, slackCode } from './wire/failure.ts';

export interface SlackPeopleOptions {
  readonly client: WebClient;
  readonly workspace: () => Home | undefined;
  readonly log: Log;
}

type Home = Pick<Workspace, 'teamId' | 'enterpriseId'>;

/** People and groups as Slack knows them; asks each time. */
export function slackPeople({ client, workspace, log }: SlackPeopleOptions): People {
  const told = async <Value>(ask: () => Promise<Value>, about: object): Promise<Lookup<Value>> => {
    try {
      return { ok: true, value: await ask() };
    } catch (error) {
      const scope = missingScope(error);
      log.warn({ ...about, code: codeOf(error), ...(scope !== undefined && { scope }) }, 'not told by Slack');
      return {
        ok: false,
        ...(scope !== undefined && { missingScope: scope }),
        ...(slackCode(error) === goneGroup && { isGone: true }),
      };
    }
  };

  return {
    membersOf: async (groupId) =>
      told(
        async () => {
          const { users = [] } = await client.usergroups.users.list({ usergroup: groupId });
          return new Set(users);
        },
        { groupId },
      ),

    person: async (id) =>
      told(
        async (): Promise<Profile> => {
          const { user } = await client.users.info({ user: id });
          const own = workspace();
          if (!user || !own) throw new Error('Slack named nobody, or not whose the bot is');
          const { tz, profile } = user;
          return {
            standing: standingOf(user, own),
            ...(tz && { timeZone: tz }),
            ...(profile?.email && { email: profile.email }),
          };
        },
        { person: id },
      ),

    idsOf: async (id) =>
      told(
        async () => {
          const { user } = await client.users.info({ user: id });
          if (!user) throw new Error('Slack named nobody');
          const ids = [id, user.id, user.enterprise_user?.id];
          return [...new Set(ids)].filter((one) => one !== undefined);
        },
        { person: id },
      ),

    byEmail: async (email) =>
      told(async (): Promise<UserId | undefined> => {
        try {
          const { user } = await client.users.lookupByEmail({ email });
          return user?.deleted === true ? undefined : user?.id;
        } catch (error) {
          if (slackCode(error) === 'users_not_found') return undefined;
          throw error;
        }
      }, {}),
  };
}

/** What Slack says of a user group that is disabled or deleted, unless it is asked for disabled ones too. */
const goneGroup = 'no_such_subteam';
/** The only bot that is not said to be one. */
const slackbot = 'USLACKBOT';

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

/** https://docs.slack.dev/reference/objects/user-object */
function standingOf(user: SlackUser, { teamId, enterpriseId }: Home): Standing {
  if (user.deleted === true) return 'deactivated';
  if (user.is_bot === true || user.is_workflow_bot === true || user.id === slackbot) return 'bot';
  const isOfOurCompany =
    user.team_id === teamId ||
    (enterpriseId !== undefined && user.enterprise_user?.enterprise_id === enterpriseId);
  if (user.is_stranger === true || !isOfOurCompany) return 'elsewhere';
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : 'member';
}

function codeOf(error: unknown): string {
  return slackCode(error) ?? (error instanceof Error ? error.name : 'unknown');
}
