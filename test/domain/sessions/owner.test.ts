import { describe, expect, it } from '@jest/globals';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import { isAmong, ownerNames, ownerStanding, possibleNames } from '../../../src/domain/sessions/owner.ts';
import { sharedLogins } from '../../../src/domain/sessions/shared-logins.ts';
import { aPolicy, aSession } from '../../support/build.ts';
import { eachTheirOwn, identities } from '../../support/identities.ts';

const policy = aPolicy({
  people: [
    { vmLogin: 'azureuser', slack: 'U0AZURE' },
    { vmLogin: String.raw`CORP\*`, slack: 'U0CORP' },
    { vmLogin: '*', email: '{login}@Example.com' },
  ],
});

function origin(known: Origin['known'], ...users: readonly string[]): Origin {
  return { known, candidates: users.map((entraUser) => ({ entraUser })), isSoFar: false };
}

describe('ownerNames', () => {
  it.each([
    ['AzureUser', { id: 'U0AZURE' }],
    [String.raw`corp\bob`, { id: 'U0CORP' }],
    ['alice', { email: 'alice@example.com' }],
    ['$&', { email: '$&@example.com' }],
  ])('takes the first mapping that matches %j', (vmLogin, expected) => {
    expect(ownerNames(policy, aSession({ vmLogin }))).toEqual([expected]);
  });

  it('makes nobody the owner of a blank login, even with *', () => {
    expect(ownerNames(policy, aSession({ vmLogin: '' }))).toEqual([]);
  });

  it('counts the Entra user who is exactly known, and no other', () => {
    const session = aSession({ vmLogin: '', origin: origin('exact', 'Fay@Corp.example') });
    expect(ownerNames(policy, session)).toEqual([{ email: 'fay@corp.example' }]);
    expect(
      ownerNames(policy, aSession({ vmLogin: '', origin: origin('likely', 'fay@corp.example') })),
    ).toEqual([]);
    const several = origin('one-of', 'fay@corp.example', 'dana@corp.example');
    expect(ownerNames(policy, aSession({ vmLogin: '', origin: several }))).toEqual([]);
  });
});

describe('a login in many spellings', () => {
  const people = [
    { vmLogin: 'fay', slack: 'U0FAY' },
    { vmLogin: '*', email: '{login}@Example.com' },
  ];

  it.each(['FAY', 'fay@corp.example', String.raw`CORP\fay`, String.raw` AzureAD\Fay@corp.example`])(
    'is one person: %j',
    (vmLogin) => {
      expect(ownerNames(aPolicy({ people }), aSession({ vmLogin }))).toEqual([{ id: 'U0FAY' }]);
    },
  );

  it.each([
    [String.raw`CORP\Dana`, [{ email: 'dana@example.com' }]],
    ['dana@corp.example', [{ email: 'dana@example.com' }]],
    [String.raw`CORP\Fay Lee`, []],
  ])('puts the bare login into an address, unless that is none: %j', (vmLogin, expected) => {
    expect(ownerNames(aPolicy({ people }), aSession({ vmLogin }))).toEqual(expected);
  });
});

describe('a shared login', () => {
  const [u1, u2] = [{ id: 'U1' }, { id: 'U2' }];

  it.each([
    [[{ vmLogin: 'ops', slack: ['U1', 'U2'] }]],
    [
      [
        { vmLogin: 'ops', slack: 'U1' },
        { vmLogin: String.raw` .\OPS`, slack: 'U2' },
      ],
    ],
    [
      [
        { vmLogin: 'ops', slack: 'U1' },
        { vmLogin: '*', email: '{login}@example.com' },
        { vmLogin: 'ops', slack: ['U1', 'U2'] },
      ],
    ],
    [
      [
        { vmLogin: String.raw`CORP\ops`, slack: 'U1' },
        { vmLogin: String.raw`OTHER\ops`, slack: 'U2' },
      ],
    ],
  ])('has no owner and may be the session of each: %j', (people) => {
    const session = aSession({ vmLogin: 'ops' });
    expect(ownerNames(aPolicy({ people }), session)).toEqual([]);
    expect(possibleNames(aPolicy({ people }), session)).toEqual([u1, u2]);
    expect(ownerStanding(aPolicy({ people }), session)).toBe('shared');
    expect(sharedLogins(people)).toMatchObject([{ names: [u1, u2] }]);
    const known = { ...session, origin: origin('exact', 'fay@corp.example') };
    expect(ownerNames(aPolicy({ people }), known)).toEqual([{ email: 'fay@corp.example' }]);
    expect(possibleNames(aPolicy({ people }), known)).toEqual(expect.arrayContaining([u1, u2]));
    expect(ownerStanding(aPolicy({ people }), known)).toBe('one');
  });

  it.each([
    [[{ vmLogin: 'ops', slack: ['U1', 'U1'] }]],
    [
      [
        { vmLogin: 'ops', slack: 'U1' },
        { vmLogin: 'Ops', slack: ['U1'] },
      ],
    ],
    [
      [
        { vmLogin: 'ops', slack: 'U1' },
        { vmLogin: '*', slack: 'U2' },
      ],
    ],
    [
      [
        { vmLogin: 'o*', slack: 'U1' },
        { vmLogin: 'ops', slack: 'U2' },
      ],
    ],
  ])('is none where one person is named, or one before the others: %j', (people) => {
    expect(possibleNames(aPolicy({ people }), aSession({ vmLogin: 'ops' }))).toEqual([u1]);
    expect(sharedLogins(people)).toEqual([]);
  });

  it('is told from a login that nobody is named for', () => {
    expect(ownerStanding(aPolicy({ people: [] }), aSession())).toBe('nobody');
    expect(ownerStanding(policy, aSession({ vmLogin: '' }))).toBe('nobody');
    expect(ownerStanding(policy, aSession())).toBe('one');
  });
});

describe('possibleNames', () => {
  it.each(['exact', 'likely', 'one-of'] as const)('holds everybody who is known as %s', (known) => {
    const session = aSession({ origin: origin(known, 'fay@corp.example', 'DANA@corp.example') });
    const names = possibleNames(policy, session);
    expect(isAmong(names, { id: 'U0FAY', email: 'Fay@corp.example', known: eachTheirOwn })).toBe('yes');
    expect(isAmong(names, { id: 'U0DANA', email: 'dana@corp.example', known: eachTheirOwn })).toBe('yes');
    expect(isAmong(names, { id: 'U0AZURE', known: eachTheirOwn })).toBe('yes');
    expect(isAmong(names, { id: 'U0BOB', email: 'bob@corp.example', known: eachTheirOwn })).toBe('no');
    expect(isAmong(names, { id: 'U0BOB', known: eachTheirOwn })).toBe('no');
  });

  it('knows a person whom the policy names by another of their ids, and may not know', () => {
    const names = possibleNames(policy, aSession());
    expect(isAmong(names, { id: 'W0AZURE', known: identities(['U0AZURE', 'W0AZURE']) })).toBe('yes');
    expect(isAmong(names, { id: 'W0AZURE', known: identities(['W0AZURE']) })).toBe('unknown');
  });
});
