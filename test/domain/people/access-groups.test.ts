import { describe, expect, it } from '@jest/globals';
import { approversBeside, groupsIn, isGroup, namedId } from '../../../src/domain/people/access.ts';
import { nobody } from './accessed.ts';

describe('an id that is none of a person', () => {
  it.each(['everyone', 'S1', ''])('is not named by the policy that names it: %j', (id) => {
    const access = { ...nobody, approve: ['everyone', 'S1', ''] };
    expect(namedId(access, 'approve', [id])).toBeUndefined();
  });
});

describe('the groups of a right', () => {
  it('are what has to be looked up', () => {
    const access = { ...nobody, view: ['U1', 'S1', 'everyone', 'W2', 'S2'], approve: ['S3'] };
    expect(groupsIn(access, 'view')).toEqual(['S1', 'S2']);
    expect(groupsIn(access, 'disconnect')).toEqual([]);
  });

  it.each([
    ['S1', true],
    ['U1', false],
    ['W1', false],
    ['everyone', false],
  ])('%s: %j', (principal, expected) => {
    expect(isGroup(principal)).toBe(expected);
  });
});

describe('a person whom the policy names', () => {
  it('is one whose own id stands there', () => {
    const access = { ...nobody, view: ['U1', 'S1', 'everyone'] };
    expect([['U1'], ['U2'], ['U2', 'U1']].map((ids) => namedId(access, 'view', ids))).toEqual([
      'U1',
      undefined,
      'U1',
    ]);
    expect(namedId(access, 'approve', ['U1'])).toBeUndefined();
  });
});

describe('who can approve besides the requester', () => {
  const beside = (approve: readonly string[]) =>
    approversBeside({ ...nobody, approve }, ['U0ALICE', 'W0ALICE']);

  it.each([
    [['U0BOB'], 'named'],
    [['U0ALICE', 'S0LEADS'], 'named'],
    [['U0ALICE', 'everyone'], 'everyone'],
    [['U0ALICE'], 'nobody-else'],
    [['U0ALICE', 'W0ALICE'], 'nobody-else'],
    [[], 'nobody-else'],
  ])('of %j is %s', (approve, who) => {
    expect(beside(approve)).toBe(who);
  });
});
