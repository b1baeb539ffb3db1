import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { comparable, typed } from '../../../src/domain/kit/typed.ts';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import { filterTest } from '../../../src/domain/sessions/filter.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import { guessUnknown } from '../../../src/slack/unknown-word.ts';
import { menuEntries } from '../../../src/slack/menu.ts';
import { foreignText } from '../../support/arbitrary.ts';
import { aHost, aSession, noon } from '../../support/build.ts';
import { asKeyboardsDo } from '../../support/keyboards.ts';
import { runs } from '../../support/runs.ts';

describe('typed text', () => {
  it.each([
    ['host\uFF1Aprod', 'host:prod'],
    ['\uFF48\uFF4F\uFF53\uFF54:\uFF30\uFF12', 'host:P2'],
    ['web\u20111', 'web-1'],
    [
      'web\u20131 web\u20141 web\u22121 web\uFF0D1 web\uFE631 web\uFE581',
      'web-1 web-1 web-1 web-1 web-1 web-1',
    ],
    ['we\u00ADb\u200B\u2060\uFEFF\u202E', 'web'],
    ['a\u00A0b\u3000c\u2009d\ne', 'a b c d e'],
    ['vm:\u201Cmy vm\u201D', 'vm:"my vm"'],
    ['vm:\u201Emy vm\u201F \u00ABa b\u00BB \u2033c d\u2033', 'vm:"my vm" "a b" "c d"'],
    ['o\u2019brien \u2018x\u201A \u2039y\u203A \u2032', "o'brien 'x' 'y' '"],
    ['e\u0301', '\u00E9'],
    ['\u0374x\u0374', "'x'"],
    ['👩\u200D🚒', '👩🚒'],
    ['plain -"\'', 'plain -"\''],
  ])('is read without surprises: %j', (text, plain) => {
    expect(typed(text)).toBe(plain);
  });

  it('is the same when it is read again, and nothing in it hides', () => {
    fc.assert(
      fc.property(foreignText, (text) => {
        const plain = typed(text);
        expect(typed(plain)).toBe(plain);
        expect(comparable(comparable(text))).toBe(comparable(text));
        expect(plain).not.toMatch(/[\p{Cf}\p{Cc}\u2010-\u2015\uFF01-\uFF5E]/u);
      }),
      runs(500),
    );
  });

  it('is the same filter, history and guess, whatever a keyboard made of it', () => {
    const parts = fc.constantFrom(
      'host:prod-1',
      'user:"Fay Lee"',
      'VM:web-*',
      'older:4h',
      'since:2d',
      'sort:age',
      'prod',
      'hots:x',
      "o'brien",
      'from:2001:db8::7',
      'sesions',
    );
    const text = fc.array(parts, { maxLength: 5 }).map((all) => all.join(' '));
    fc.assert(
      fc.property(
        text.chain((plain) => fc.tuple(fc.constant(plain), asKeyboardsDo(plain))),
        ([plain, given]) => {
          expect(parseFilter(given)).toEqual(parseFilter(plain));
          expect(parseHistory(given)).toEqual(parseHistory(plain));
          expect(guessUnknown(typed(given), menuEntries())).toEqual(guessUnknown(plain, menuEntries()));
        },
      ),
      runs(500),
    );
  });
});

describe('a filter', () => {
  it('finds a name by its plain spelling and by any other, whichever of them Azure uses', () => {
    const name = fc
      .array(fc.constantFrom('web', '-', 'a b', "o'b", '7', 'É'), { minLength: 1, maxLength: 5 })
      .map((all) => all.join(''));
    const three = name.chain((plain) =>
      fc.tuple(fc.constant(plain), asKeyboardsDo(plain), asKeyboardsDo(plain)),
    );
    fc.assert(
      fc.property(three, ([plain, shown, given]) => {
        const session = aSession({ vm: { name: shown }, vmLogin: `CORP\\${shown}` });
        const host = aHost({ name: shown, resourceGroup: 'rg' });
        for (const text of [`"${plain}"`, `"${given}"`, `'${plain}'`, `‘${given}’`]) {
          for (const key of ['', 'vm:', 'user:', 'host:']) {
            const { filter, mistakes } = parseFilter(key + text);
            expect(mistakes).toEqual([]);
            expect([key, text, filterTest(filter, noon)(session, host)]).toEqual([key, text, true]);
          }
        }
      }),
      runs(500),
    );
  });

  it.each(['web--1', 'web\u20141', 'web-1'])(
    'takes two dashes for the one that a keyboard makes of them: %s',
    (given) => {
      for (const name of ['web--1', 'web\u20141']) {
        const fits = filterTest(parseFilter(`vm:${given}`).filter, noon);
        expect(fits(aSession({ vm: { name } }), aHost())).toBe(true);
      }
    },
  );
});
