import { afterAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseHistory } from '../src/domain/history/query-text.ts';
import { wholePattern } from '../src/domain/kit/glob.ts';
import { nearest } from '../src/domain/kit/nearest.ts';
import { comparable, typed } from '../src/domain/kit/typed.ts';
import { filterTest } from '../src/domain/sessions/filter.ts';
import { parseFilter, typedLength } from '../src/domain/sessions/filter-text.ts';
import { loginPattern, readLogin } from '../src/domain/sessions/login.ts';
import { ruleFor } from '../src/domain/sessions/rule.ts';
import { redact, redactText } from '../src/ops/redact.ts';
import { asTyped } from '../src/slack/kit/as-typed.ts';
import { menuEntries } from '../src/slack/menu.ts';
import { guessUnknown } from '../src/slack/unknown-word.ts';
import { inert } from '../src/wording/foreign.ts';
import { aHost, aPolicy, aRule, aSession, noon } from './support/build.ts';
import { runs } from './support/runs.ts';
import { stepsOf, stopCounting } from './support/steps.ts';

const patterns = [
  '*-*-*-prod',
  '*a*a*a*b',
  `${'*-'.repeat(99)}*x`,
  `*${'-'.repeat(198)}x`,
  '* * *"*',
  'a*ſ*Σ',
];
const rules = patterns.map((pattern, index) =>
  aRule({ name: `rule ${index}`, match: { vm: pattern, user: pattern } }),
);
const policy = aPolicy({ rules });
const filters = ['user:*-*-*-prod', 'vm:a*a*b "-- --"', "from:1*:*:* 'x y'"].map(
  (text) => parseFilter(text).filter,
);

afterAll(stopCounting);

/** Whatever reads text that somebody else wrote. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'a pattern': (text) => patterns.map((pattern) => wholePattern(pattern)(text)),
  'a pattern for logins': (text) => patterns.map((pattern) => loginPattern(pattern).fits(readLogin(text))),
  'the rules': (text) => ruleFor(policy, aHost(), aSession({ vmLogin: text, vm: { name: text } })),
  'a filter': (text) =>
    filters.map((filter) =>
      filterTest(filter, noon)(aSession({ vmLogin: text, vm: { name: text } }), aHost()),
    ),
  'typed text': (text) => typed(asTyped(text)),
  'comparable text': (text) => comparable(text),
  'a typed filter': (text) => parseFilter(text),
  'a typed history': (text) => parseHistory(text),
  'a guess': (text) => guessUnknown(text, menuEntries()),
  'the nearest word': (text) => nearest(text, ['sessions', 'history', text.slice(0, 9)]),
  'the redaction of a text': (text) => redactText(text),
  'the redaction of an error': (text) => redact(new Error(text)),
  'a name to be shown': (text) => inert(text, 80),
};

const hostile = [
  '-',
  'a',
  ' ',
  '"',
  "'",
  " 'x",
  "'' ",
  '" ',
  'a b ',
  'host:',
  'vm:a,',
  ',',
  ':',
  '::',
  'abcd:',
  'since:',
  'since: ',
  '1h',
  'xoxb-',
  'bearer ',
  'Bearer',
  'eyJ',
  'eyJa.',
  '//',
  '//a:',
  '//a:b@',
  '@',
  'https://hooks.slack.com/',
  '    at file:///a.js:1:2\n',
  'file:///',
  '\n',
  '\\',
  '*',
  '<',
  '<a|',
  '&lt;',
  '\u200B',
  'ſ',
  'Σ',
  'İ',
  '😀',
  '\uD83D',
];
const unit = fc.oneof(
  fc.constantFrom(...hostile),
  fc.array(fc.constantFrom(...hostile), { minLength: 2, maxLength: 4 }).map((all) => all.join('')),
);
const repeated = (one: string, length: number) => one.repeat(Math.ceil(length / one.length));

describe.each(Object.entries(readers))('%s', (_, reader) => {
  it('takes at most 2.2 times the steps for twice the text', () => {
    reader('once');
    fc.assert(
      fc.property(unit, (one) => {
        const text = repeated(one, 1200);
        const steps = stepsOf(() => reader(text));
        expect(stepsOf(() => reader(text + text))).toBeLessThanOrEqual(2.2 * steps);
      }),
      runs(20),
    );
  });
});

describe('a command as long as Slack lets it be', () => {
  it('takes no more than a filter of some words, and ten steps for each character that is not read', () => {
    fc.assert(
      fc.property(unit, fc.constantFrom(100, 1000, 40_000), (one, length) => {
        const text = repeated(one, length);
        const most = 1000 * Math.min(text.length, typedLength) + 10 * text.length;
        for (const read of [parseFilter, parseHistory]) {
          expect(stepsOf(() => read(text))).toBeLessThanOrEqual(most);
        }
      }),
      runs(20),
    );
  });
});

describe('the count of steps', () => {
  it.each<readonly [string, (text: string) => unknown]>([
    [
      'a list that is copied for each character',
      (text) => {
        let all: readonly string[] = [];
        for (const sign of text) all = [...all, sign];
      },
    ],
    [
      'a text that is searched from each character on',
      (text) => Array.from(text, (_, at) => text.indexOf('!', at)),
    ],
    [
      'a text that is cut by one character at a time',
      (text) => {
        for (let rest = text; rest !== ''; rest = rest.slice(1));
      },
    ],
  ])('finds what is not linear: %s', (_, reader) => {
    const text = 'a'.repeat(500);
    expect(stepsOf(() => reader(text + text))).toBeGreaterThan(3 * stepsOf(() => reader(text)));
  });
});
