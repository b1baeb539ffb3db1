import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  bareLogin,
  isBlankLogin,
  isSameLogin,
  loginPattern,
  readLogin,
  withoutDomain,
} from '../../../src/domain/sessions/login.ts';
import { foreignText } from '../../support/arbitrary.ts';
import { runs } from '../../support/runs.ts';

const fits = (pattern: string, login: string) => loginPattern(pattern).fits(readLogin(login));

const fay = [
  'fay',
  'FAY@corp.example',
  String.raw`CORP\fay`,
  String.raw`AzureAD\fay@corp.example`,
  String.raw`.\Fay`,
  String.raw`\fay`,
  ' fay ',
  '\tFAY\u00A0@corp.example\u3000',
  String.raw`CORP \ fay`,
  'f\u200Bay',
];

describe('a login', () => {
  it.each([
    [String.raw` CORP\Fay  Lee `, { domain: 'CORP', name: 'Fay Lee', suffix: '' }],
    [String.raw`AzureAD\fay@corp.example`, { domain: '', name: 'fay', suffix: 'corp.example' }],
    [String.raw`CORP\fay@corp.example`, { domain: 'CORP', name: 'fay', suffix: 'corp.example' }],
    [String.raw`A\B\fay`, { domain: String.raw`A\B`, name: 'fay', suffix: '' }],
    ['@fay', { domain: '', name: '@fay', suffix: '' }],
    ['fay\u2003\u00A0\nlee', { domain: '', name: 'fay lee', suffix: '' }],
  ])('has parts: %j', (login, parts) => {
    expect(readLogin(login)).toMatchObject(parts);
  });

  it.each(['', '  ', '\u00A0\n', '\u200B', String.raw`CORP\ `, '.\\'])('is blank: %j', (login) => {
    expect(isBlankLogin(login)).toBe(true);
    for (const pattern of ['fay', '*fay', 'f*', String.raw`CORP\*`, '*@*', '\\', ' ']) {
      expect(fits(pattern, login)).toBe(false);
    }
    expect(fits('*', login)).toBe(true);
    expect(fits(' ** ', login)).toBe(true);
  });

  it('shows what hides in it, and is compared without', () => {
    expect(withoutDomain('CORP\\fay\u200B')).toBe('fay\u200B');
    expect(bareLogin('CORP\\Fay\u200B')).toBe('fay');
  });

  it('is one in many spellings', () => {
    for (const one of fay) {
      expect(bareLogin(one)).toBe('fay');
      for (const other of fay) expect([one, other, isSameLogin(one, other)]).toEqual([one, other, true]);
    }
  });

  it.each([
    [String.raw`CORP\fay`, String.raw`OTHER\fay`],
    ['fay@corp.example', 'fay@other.example'],
    ['fay', 'fay lee'],
    ['fay', 'faye'],
  ])('is not another one: %s, %s', (one, other) => {
    expect(isSameLogin(one, other)).toBe(false);
    expect(isSameLogin(other, one)).toBe(false);
    expect(fits(one, other)).toBe(false);
    expect(fits(other, one)).toBe(false);
  });
});

describe('a pattern for logins', () => {
  it.each(fay)('means all spellings of what it names: %j', (pattern) => {
    for (const login of fay) expect([login, fits(pattern, login)]).toEqual([login, true]);
  });

  it.each([
    ['f*', String.raw`CORP\fay`, true],
    ['*@corp.example', String.raw`AzureAD\fay@corp.example`, true],
    ['*@corp.example', 'fay@other.example', false],
    [String.raw`CORP\*`, String.raw`corp\fay`, true],
    [String.raw`CORP\*`, String.raw`OTHER\fay`, false],
    // Of a login that names no domain nobody knows that it is in this one.
    [String.raw`CORP\*`, 'fay', false],
    [String.raw`AzureAD\*`, 'fay', false],
    [String.raw`AzureAD\*`, String.raw`azuread\fay@corp.example`, true],
    [String.raw`CORP\svc-*`, 'svc-backup', true],
    [String.raw`CORP\svc-*`, String.raw`OTHER\svc-backup`, false],
    ['*admin', String.raw`CORP\sqladmin`, true],
    ['fay lee', String.raw`CORP\Fay   Lee`, true],
    ['fay  lee', 'fay lee', true],
    ['fay', 'fay lee', false],
    ['fay', 'fayette', false],
    ['*', '*', true],
    ['f.y', 'fay', false],
  ])('%s fits %s: %j', (pattern, login, expected) => {
    expect(fits(pattern, login)).toBe(expected);
  });

  const name = fc.string({
    unit: fc.constantFrom('a', 'b', 'Z', '-', '.', '$', '7'),
    minLength: 1,
    maxLength: 6,
  });
  const blanks = fc.constantFrom('', ' ', '\u00A0', '\t ', '\u3000\u200B');
  const spelled = fc
    .record({
      domain: fc.constantFrom('', 'CORP\\', 'corp\\', '.\\', 'AzureAD\\'),
      suffix: fc.constantFrom('', '@corp.example', '@CORP.Example'),
      before: blanks,
      after: blanks,
      isUpper: fc.boolean(),
    })
    .map(({ domain, suffix, before, after, isUpper }) => (login: string) => {
      const whole = `${before}${domain}${login}${suffix}${after}`;
      return isUpper ? whole.toUpperCase() : whole;
    });

  it('does not depend on how the login, or it, is spelled', () => {
    fc.assert(
      fc.property(name, name, spelled, spelled, (one, other, spell, spellToo) => {
        const isOne = one.toLowerCase() === other.toLowerCase();
        expect(fits(spell(one), spellToo(other))).toBe(isOne);
        expect(isSameLogin(spell(one), spellToo(other))).toBe(isOne);
      }),
      runs(1000),
    );
  });

  it('fits whatever it is taken from, whole or in part', () => {
    fc.assert(
      fc.property(foreignText, fc.nat(), (login, at) => {
        fc.pre(!login.includes('*'));
        const cut = Array.from(login)
          .slice(0, at % 8)
          .join('');
        expect(fits('*', login)).toBe(true);
        expect(isBlankLogin(login) || fits(login, login)).toBe(true);
        expect(isBlankLogin(login) || fits(`${readLogin(login).written.slice(0, cut.length)}*`, login)).toBe(
          true,
        );
        expect(isSameLogin(login, readLogin(login).written)).toBe(true);
      }),
      runs(500),
    );
  });
});
