import type { Json } from '../json.ts';
import { rates } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Member, World } from '../world.ts';
import { workspaceIdOf } from '../world.ts';
import type { Method } from './method.ts';
import { required } from './method.ts';

export const info: Method = {
  scopes: ['users:read'],
  rate: rates.tier4,
  call: (args, { token, world }) => {
    const person = world.people.get(required(args, 'user'));
    if (!person) throw new Refusal('user_not_found');
    return { user: userObject(person, world, token.scopes.has('users:read.email')) };
  },
};

export const lookupByEmail: Method = {
  scopes: ['users:read.email'],
  rate: rates.tier3,
  call: (args, { world }) => {
    const email = required(args, 'email').toLowerCase();
    const person = [...world.people.values()].find(
      (each) => !each.isDeactivated && each.email?.toLowerCase() === email,
    );
    if (!person) throw new Refusal('users_not_found');
    return { user: userObject(person, world, true) };
  },
};

/** https://docs.slack.dev/reference/objects/user-object */
export function userObject(person: Member, world: World, withEmail: boolean): Json {
  const { enterprise } = world;
  return {
    id: workspaceIdOf(world, person),
    team_id: person.teamId,
    name: person.name,
    real_name: person.name,
    deleted: person.isDeactivated,
    is_restricted: person.isGuest,
    is_ultra_restricted: false,
    is_bot: person.isBot === true,
    is_stranger: false,
    tz: person.timeZone,
    ...(enterprise &&
      person.enterpriseUserId !== undefined && {
        enterprise_user: {
          id: person.enterpriseUserId,
          enterprise_id: enterprise.id,
          enterprise_name: enterprise.name,
          is_admin: false,
          is_owner: false,
          teams: [person.teamId],
        },
      }),
    profile: {
      display_name: person.name,
      real_name: person.name,
      ...(withEmail && { email: person.email }),
    },
  };
}
