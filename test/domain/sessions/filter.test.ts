import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { textPattern } from '../../../src/domain/kit/text-pattern.ts';
import { filterTest, isNarrow } from '../../../src/domain/sessions/filter.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import { aHost, aSession, hour, noon } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const host = aHost({ name: 'bastion-prod', resourceGroup: 'rg-live' });
const session = aSession({ vm: { name: 'vm-web-1' }, vmLogin: 'Alice', protocol: 'rdp' });
const fits = (text: string) => filterTest(parseFilter(text).filter, noon)(session, host);

describe('a filter', () => {
  it.each(['', 'web', 'WEB', 'alice', 'bastion', 'live', 'rdp', 'vm-*-1', 'rd* al*'])(
    'finds by the words %j anywhere',
    (text) => {
      expect(fits(text)).toBe(true);
    },
  );

  it.each(['web bob', 'vm-*-2', 'web*'])('wants every word to fit: %s', (text) => {
    expect(fits(text)).toBe(false);
  });

  it.each([
    ['host:prod user:alice vm:web protocol:rdp', true],
    ['user:web', false],
    ['host:live', false],
    ['protocol:ssh,rdp', true],
    ['protocol:ssh', false],
    ['vm:vm-*', true],
    ['vm:web*', false],
  ])('looks where a key says: %s', (text, expected) => {
    expect(fits(text)).toBe(expected);
  });

  it.each(['web', 'vm:web', 'vm:web/3', 'vm:web*'])('finds an instance of a scale set: %s', (text) => {
    const instance = aSession({ vm: { name: 'web/3' }, vmLogin: 'alice' });
    expect(filterTest(parseFilter(text).filter, noon)(instance, host)).toBe(true);
  });

  it('counts a session as older from the very moment on', () => {
    const { filter } = parseFilter('older:1h');
    expect(filterTest(filter, noon)(aSession({ startedAt: noon - hour }), host)).toBe(true);
    expect(filterTest(filter, noon)(aSession({ startedAt: noon - hour + 1 }), host)).toBe(false);
  });

  it.each([
    ['', false],
    ['sort:vm group:host', false],
    ['x', true],
    ['older:0s', true],
    ['vm:x', true],
  ])('knows whether it leaves anything out: %j', (text, expected) => {
    expect(isNarrow(parseFilter(text).filter)).toBe(expected);
  });
});

describe('a pattern', () => {
  it('means the same as the regular expression that it stands for', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'A'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (wanted, given) => {
        const whole = wanted.includes('*') ? `^${wanted.replaceAll('*', '.*')}$` : wanted;
        expect(textPattern(wanted)(given)).toBe(new RegExp(whole, 'i').test(given));
      }),
      runs(2000),
    );
  });

  it('is quick about what would keep a regular expression busy for years', () => {
    const startedAt = performance.now();
    expect(textPattern(`${'*a'.repeat(90)}b`)('a'.repeat(4000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});
