import { rates } from '../rate-limits.ts';
import { Refusal } from '../refusal.ts';
import type { Method } from './method.ts';
import { required } from './method.ts';

export const list: Method = {
  scopes: ['usergroups:read'],
  rate: rates.tier2,
  call: (args, { world }) => ({
    usergroups: [...world.groups.values()]
      .filter((group) => !group.isDisabled || isTrue(args['include_disabled']))
      .map((group) => ({
        id: group.id,
        team_id: world.team.id,
        is_usergroup: true,
        name: group.handle,
        handle: group.handle,
        date_delete: group.isDisabled ? 1 : 0,
        user_count: group.members.length,
        ...(isTrue(args['include_users']) && { users: group.members }),
      })),
  }),
};

export const listUsers: Method = {
  scopes: ['usergroups:read'],
  rate: rates.tier2,
  call: (args, { world }) => {
    const group = world.groups.get(required(args, 'usergroup'));
    const isHidden = group?.isDisabled === true && !isTrue(args['include_disabled']);
    if (!group || isHidden) throw new Refusal('no_such_subteam');
    return { users: group.members };
  },
};

/** Booleans arrive as text in a form. */
function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}
