import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { ruleFor } from '../../../src/domain/sessions/rule.ts';
import { foreignText as text } from '../../support/arbitrary.ts';
import { aHost, aPolicy, aRule, aSession, hour } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

describe('ruleFor', () => {
  it('takes the first rule that matches', () => {
    const first = aRule({ name: 'first', match: { host: 'bastion-*' } });
    const second = aRule({ name: 'second' });
    expect(ruleFor(aPolicy({ rules: [first, second] }), aHost(), aSession())).toBe(first);
    expect(ruleFor(aPolicy({ rules: [second, first] }), aHost(), aSession())).toBe(second);
  });

  it('has none where nothing matches', () => {
    const rules = [aRule({ match: { host: 'other' } })];
    expect(ruleFor(aPolicy({ rules }), aHost(), aSession())).toBeUndefined();
    expect(ruleFor(aPolicy({ rules: [] }), aHost(), aSession())).toBeUndefined();
  });

  it.each([
    [{ host: 'BASTION-*' }, true],
    [{ host: 'bastion-test' }, false],
    [{ resourceGroup: 'RG-prod' }, true],
    [{ resourceGroup: 'rg-test' }, false],
    [{ vm: 'vm-*' }, true],
    [{ vm: 'db-*' }, false],
    [{ user: 'azure*' }, true],
    [{ user: 'root' }, false],
    [{ protocol: ['rdp', 'SSH'] }, true],
    [{ protocol: ['rdp'] }, false],
    [{ protocol: [] }, false],
    [{ host: 'bastion-*', vm: 'db-*' }, false],
    [{}, true],
  ])('matches %j: %j', (match, expected) => {
    expect(ruleFor(aPolicy({ rules: [aRule({ match })] }), aHost(), aSession()) !== undefined).toBe(expected);
  });

  it.each([
    ['web', true],
    ['WEB/3', true],
    ['web*', true],
    ['web/4', false],
    ['3', false],
    ['we', false],
  ])('matches an instance of a scale set by the name of the set, or by both: %s', (vm, expected) => {
    const session = aSession({ vm: { name: 'web/3' } });
    const policy = aPolicy({ rules: [aRule({ match: { vm } })] });
    expect(ruleFor(policy, aHost(), session) !== undefined).toBe(expected);
  });

  it.each([
    'azureuser',
    String.raw`CORP\AzureUser`,
    'azureuser@corp.example',
    String.raw`AzureAD\azureuser `,
  ])('matches a user in every spelling of the login: %j', (vmLogin) => {
    for (const user of ['azureuser', 'azure*', String.raw`CORP\azureuser`, 'AZUREUSER@corp.example']) {
      const policy = aPolicy({ rules: [aRule({ match: { user } })] });
      expect(ruleFor(policy, aHost(), aSession({ vmLogin }))).toBeDefined();
    }
  });

  it('matches a blank login by * and by no other pattern', () => {
    const matching = (user: string) =>
      ruleFor(aPolicy({ rules: [aRule({ match: { user } })] }), aHost(), aSession({ vmLogin: ' ' }));
    expect(matching('*')).toBeDefined();
    expect(matching('*@*')).toBeUndefined();
    expect(matching('azureuser')).toBeUndefined();
  });

  it('covers a session whatever its foreign texts are by *', () => {
    const everything = { host: '*', resourceGroup: '*', vm: '*', user: '*', protocol: ['*'] };
    const policy = aPolicy({ rules: [aRule({ match: everything, warnAfterMs: hour })] });
    fc.assert(
      fc.property(text, text, text, (name, vmLogin, protocol) => {
        const session = aSession({ vm: { name }, vmLogin, protocol });
        expect(ruleFor(policy, aHost({ name, resourceGroup: vmLogin }), session)).toBeDefined();
      }),
      runs(100),
    );
  });
});
