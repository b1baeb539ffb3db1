import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Membership } from '../../../src/domain/people/access.ts';
import { decideAccess as decide } from '../../../src/domain/people/access.ts';
import type { Profile, Standing, Lookup } from '../../../src/domain/people/person.ts';
import type { AccessPolicy, Right } from '../../../src/domain/policy/policy.ts';
import { runs } from '../../support/runs.ts';
import { nobody } from './accessed.ts';

const decideAccess = (
  access: AccessPolicy,
  right: Right,
  id: string,
  membership: Membership,
  profile: Lookup<Profile>,
  ids: Lookup<readonly string[]> = { ok: true, value: [id] },
) => decide(access, right, { id, ids, membership, profile });
const rights = ['view', 'disconnect', 'approve'] as const;
const noGroups: Membership = new Map();
const untold = { ok: false } as const;
const member: Lookup<Profile> = { ok: true, value: { standing: 'member' } };
const isA = (standing: Standing): Lookup<Profile> => ({ ok: true, value: { standing } });
const hasMembers = (...users: readonly string[]) => ({ ok: true, value: new Set(users) }) as const;

describe('decideAccess', () => {
  it.each(rights)('denies by default: %s', (right) => {
    expect(decideAccess(nobody, right, 'U1', noGroups, member)).toEqual({
      allowed: false,
      right,
      who: [],
      because: 'not-named',
    });
  });

  it.each<[string, string[], Membership, string]>([
    ['a named person', ['U1'], noGroups, 'U1'],
    ['everyone', ['everyone'], noGroups, 'everyone'],
    ['a member of a group', ['S1'], new Map([['S1', hasMembers('U1')]]), 'S1'],
    ['a named person beside an unknown group', ['S1', 'U1'], new Map([['S1', untold]]), 'U1'],
    ['a member of one group beside an unknown one', ['S1', 'S2'], new Map([['S2', hasMembers('U1')]]), 'S2'],
  ])('allows %s, and says by what', (_what, who, membership, via) => {
    expect(decideAccess({ ...nobody, view: who }, 'view', 'U1', membership, member)).toEqual({
      allowed: true,
      via,
    });
  });

  it.each<[string, string[], Membership, string]>([
    ['somebody else', ['U2'], noGroups, 'not-named'],
    ['a name in another case', ['u1'], noGroups, 'not-named'],
    ['the members of another group', ['S1'], new Map([['S1', hasMembers('U2')]]), 'not-named'],
    ['an empty group', ['S1'], new Map([['S1', hasMembers()]]), 'not-named'],
    ['a group that Slack cannot look up', ['S1'], new Map([['S1', untold]]), 'unsure'],
    ['a group that nobody looked up', ['S1'], noGroups, 'unsure'],
  ])('denies where only %s may', (_what, who, membership, because) => {
    expect(decideAccess({ ...nobody, view: who }, 'view', 'U1', membership, member)).toEqual({
      allowed: false,
      right: 'view',
      who,
      because,
    });
  });

  it.each(['guest', 'elsewhere', 'deactivated', 'bot'] as const)(
    'means no %s by a group or everyone',
    (standing) => {
      const membership: Membership = new Map([['S1', hasMembers('U1')]]);
      for (const who of [['everyone'], ['S1'], ['S1', 'everyone']]) {
        const decision = decideAccess({ ...nobody, view: who }, 'view', 'U1', membership, isA(standing));
        expect(decision).toMatchObject({ allowed: false, because: standing });
      }
      const named = { ...nobody, view: ['U1'] };
      expect(decideAccess(named, 'view', 'U1', noGroups, isA(standing))).toMatchObject({ allowed: true });
    },
  );

  it('names the scope that Slack wants before it says who is who', () => {
    const lacking = (missingScope: string) => ({ ok: false, missingScope }) as const;
    const all = { ...nobody, view: ['everyone'], approve: ['S1'] };
    expect(decideAccess(all, 'view', 'U1', noGroups, lacking('users:read'))).toMatchObject({
      because: 'unsure',
      missingScope: 'users:read',
    });
    const membership = new Map([['S1', lacking('usergroups:read')]]);
    expect(decideAccess(all, 'approve', 'U1', membership, lacking('users:read'))).toMatchObject({
      because: 'unsure',
      missingScope: 'usergroups:read',
    });
  });

  it('says “not named” to somebody Slack does not know where knowing them would not help', () => {
    expect(decideAccess({ ...nobody, view: ['U2'] }, 'view', 'U1', noGroups, untold)).toMatchObject({
      because: 'not-named',
    });
  });

  it('knows somebody under every id of theirs', () => {
    const ids = { ok: true, value: ['U1', 'W1'] } as const;
    const listed: Membership = new Map([['S1', hasMembers('W1')]]);
    for (const [who, via] of [
      [['W1'], 'W1'],
      [['S1'], 'S1'],
    ] as const) {
      const access = { ...nobody, view: who };
      expect(decideAccess(access, 'view', 'U1', listed, member, ids)).toEqual({ allowed: true, via });
      expect(decideAccess(access, 'view', 'U1', listed, member, untold)).toMatchObject({ because: 'unsure' });
    }
  });

  it('names a group that is gone, which names nobody, and does not hope that it comes back', () => {
    const gone = { ok: false, isGone: true } as const;
    const access = { ...nobody, view: ['S1', 'S2', 'S3'] };
    const only: Membership = new Map<string, Lookup<ReadonlySet<string>>>([
      ['S1', gone],
      ['S2', hasMembers('U2')],
      ['S3', gone],
    ]);
    expect(decideAccess(access, 'view', 'U1', only, member)).toMatchObject({
      because: 'not-named',
      goneGroups: ['S1', 'S3'],
    });
    expect(decideAccess(access, 'view', 'U2', only, member)).toEqual({ allowed: true, via: 'S2' });
    const beside: Membership = new Map<string, Lookup<ReadonlySet<string>>>([
      ['S1', gone],
      ['S2', untold],
    ]);
    expect(decideAccess(access, 'view', 'U1', beside, member)).toMatchObject({ because: 'unsure' });
  });

  it('keeps the rights apart', () => {
    const access = { ...nobody, view: ['everyone'], approve: ['U1'] };
    expect(decideAccess(access, 'disconnect', 'U1', noGroups, member).allowed).toBe(false);
    expect(decideAccess(access, 'approve', 'U2', noGroups, member).allowed).toBe(false);
  });

  it('allows those who are named themselves, and members whom a known group or everyone names', () => {
    const ids = fc.constantFrom('U1', 'U2', 'U3', 'S1', 'S2', 'everyone');
    const members = fc.option(fc.uniqueArray(fc.constantFrom('U1', 'U2', 'U3')), { nil: undefined });
    const profile = fc.constantFrom(untold, member, isA('guest'), isA('elsewhere'), isA('deactivated'));
    fc.assert(
      fc.property(fc.array(ids), members, members, profile, (who, first, second, lookup) => {
        const groups = { S1: first, S2: second };
        const membership: Membership = new Map(
          Object.entries(groups).map(([group, users]) => [group, users ? hasMembers(...users) : untold]),
        );
        const isMeant =
          who.includes('everyone') ||
          (who.includes('S1') && first?.includes('U1') === true) ||
          (who.includes('S2') && second?.includes('U1') === true);
        const decision = decideAccess({ ...nobody, view: who }, 'view', 'U1', membership, lookup);
        expect(decision.allowed).toBe(who.includes('U1') || (isMeant && lookup === member));
      }),
      runs(100),
    );
  });
});
