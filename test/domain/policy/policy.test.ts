import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { mappingFor, matchesGlob, ruleFor } from '../../../src/domain/policy/policy.ts';
import { aHost, aPolicy, aRule, aSession, hour } from '../../support/build.ts';

const foreignText = fc.string({ unit: 'binary' });
/** Full of what means something to matchers, paths and regular expressions. */
const tricky = String.raw`\ / .. . [ ] ( ) {a,b} ! ? + ^ $ | " @ # - a d s B`
  .split(' ')
  .concat(' ', '\n', '\u2028');
const trickyText = fc.array(fc.constantFrom(...tricky)).map((parts) => parts.join(''));
const text = fc.oneof(foreignText, trickyText);
const wordless = (one: string) => one.replaceAll('*', '');

describe('matchesGlob', () => {
  it.each([
    ['bastion-prod-*', 'bastion-prod-eu', true],
    ['bastion-prod-*', 'bastion-prod-', true],
    ['bastion-prod-*', 'bastion-prod', false],
    ['bastion-prod-*', 'my-bastion-prod-eu', false],
    ['*-prod', 'Bastion-PROD', true],
    ['vm-*-web', 'vm-1-web', true],
    ['vm-*-web', 'vm-web', false],
    [String.raw`CORP\*`, String.raw`corp\alice`, true],
    [String.raw`corp\bob`, String.raw`CORP\bob`, true],
    [String.raw`corp\bob`, 'corp-bob', false],
    ['*', '', true],
    ['**', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*', '', false],
    ['*', '..', true],
    ['*', 'two\nlines', true],
    ['svc(backup)*', 'svc(backup)1', true],
    ['vm?', 'vm1', false],
    ['!prod', 'test', false],
    ['v.1', 'vx1', false],
  ])('%j and %j: %j', (pattern, candidate, expected) => {
    expect(matchesGlob(pattern, candidate)).toBe(expected);
  });

  it('covers any text whatever by *', () => {
    fc.assert(fc.property(text, (any) => expect(matchesGlob('*', any)).toBe(true)));
  });

  it('takes every other character for itself', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        const pattern = wordless(one);
        expect(matchesGlob(pattern, pattern)).toBe(true);
        expect(matchesGlob(`${pattern}*`, pattern + other)).toBe(true);
        expect(matchesGlob(`*${pattern}`, other + pattern)).toBe(true);
        expect(matchesGlob(`${pattern}x`, pattern)).toBe(false);
      }),
    );
  });

  it('compares ASCII letters without case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9\\/ .-]*$/), (lower) => {
        expect(matchesGlob(lower.toUpperCase(), lower)).toBe(true);
      }),
    );
  });
});

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

  it('covers a session whatever its foreign texts are by *', () => {
    const everything = { host: '*', resourceGroup: '*', vm: '*', user: '*', protocol: ['*'] };
    const policy = aPolicy({ rules: [aRule({ match: everything, warnAfterMs: hour })] });
    fc.assert(
      fc.property(text, text, text, (name, vmLogin, protocol) => {
        const session = aSession({ vm: { name }, vmLogin, protocol });
        expect(ruleFor(policy, aHost({ name, resourceGroup: vmLogin }), session)).toBeDefined();
      }),
    );
  });
});

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
