import type { Json } from './json.ts';
import { userObject } from './methods/users.ts';
import type { World } from './world.ts';

/** What Slack tells of people and groups. https://docs.slack.dev/reference/events/subteam_members_changed */
export function groupChanged(groupId: string, { team }: World): Json {
  return {
    type: 'subteam_members_changed',
    subteam_id: groupId,
    team_id: team.id,
    date_previous_update: 1_700_000_000,
    date_update: 1_700_000_001,
    added_users: [],
    added_users_count: '0',
    removed_users: [],
    removed_users_count: '0',
  };
}

/** https://docs.slack.dev/reference/events/user_change */
export function personChanged(personId: string, world: World): Json {
  const person = world.people.get(personId);
  if (!person) throw new Error(`there is nobody with the id ${personId}`);
  return { type: 'user_change', user: userObject(person, world, true), cache_ts: 1_700_000_001 };
}
