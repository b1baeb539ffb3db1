import { describe, expect, it } from '@jest/globals';
import { mappingFor } from '../../../src/domain/sessions/owner.ts';
import { aPolicy, aSession } from '../../support/build.ts';

describe('mappingFor', () => {
  const policy = aPolicy({
    people: [
      { vmLogin: 'azureuser', slack: 'U0AZURE' },
      { vmLogin: String.raw`CORP\*`, slack: 'U0CORP' },
      { vmLogin: '*', email: '{login}@example.com' },
    ],
  });

  it.each([
    ['AzureUser', { slack: 'U0AZURE' }],
    [String.raw`corp\bob`, { slack: 'U0CORP' }],
    ['alice', { email: '{login}@example.com' }],
  ])('takes the first that matches %j', (vmLogin, expected) => {
    expect(mappingFor(policy, aSession({ vmLogin }))).toMatchObject(expected);
  });

  it('makes nobody the owner of a blank login, even with *', () => {
    expect(mappingFor(policy, aSession({ vmLogin: '' }))).toBeUndefined();
  });
});
