import type { Policy } from '../policy/policy.ts';
import type { KnownOwner } from '../sessions/owner.ts';
import { ownerStanding } from '../sessions/owner.ts';
import type { DisconnectRequest } from './request.ts';

/** Whose session it is, as far as the request knows: Slack was asked when it was made, and at each decision. */
export function ownerSaid(policy: Policy, { owner, session }: DisconnectRequest): KnownOwner {
  if (owner !== undefined) return { is: 'one', id: owner };
  const standing = ownerStanding(policy, session);
  return { is: standing === 'one' ? 'not-named' : standing };
}
