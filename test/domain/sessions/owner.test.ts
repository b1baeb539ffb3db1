import { describe, expect, it } from '@jest/globals';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import { isAmong, ownerNames, possibleNames } from '../../../src/domain/sessions/owner.ts';
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
