import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dateText, readDate, shortDateText, spanText } from './azure/kql/time.ts';
import { tokensOf } from './azure/kql/tokens.ts';
import { minute, rows } from './kql.ts';

const t = (text: string) => readDate(text) ?? Number.NaN;
/** The value of an expression in the first row. */
const value = (expression: string) => rows(`| take 1 | project X = ${expression}`)[0]?.[0];
const whoIf = (condition: string) => rows(`| where ${condition} | project Who`).flat();

describe('expressions', () => {
  it.each([
    ['"a\\"b\\n"', 'a"b\n'],
    ["'a\\'b'", "a'b"],
    ['@"a\\b""\'\'"', `a\\b"''`],
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['7 / 2', 3],
    ['7.0 / 2', 3.5],
    ['1 / 0', null],
    ['-3', -3],
    ['iff(Tries > 2, "many", "few")', 'many'],
    ['case(Tries > 5, "a", Tries > 2, "b", "c")', 'b'],
    ['strcat("n", 1, true, dynamic([1]), int(null))', 'n1true[1]'],
    ['strcat(datetime(2026-11-27T12:00:00.1Z))', '2026-11-27T12:00:00.1000000Z'],
    ['tostring(90m)', '01:30:00'],
    ['tostring(26h)', '1.02:00:00'],
    ['coalesce("", Who)', 'ann'],
    ['coalesce(int(null), Tries)', 3],
    ['coalesce(datetime(null), datetime(null))', null],
    ['column_ifexists("Who", "-")', 'ann'],
    ['column_ifexists("Whom", "-")', '-'],
    ['todatetime(Text) == At', true],
    ['todatetime("soon")', null],
    ['todatetime("2026-02-30")', null],
    ['todatetime("11/27/2026 1:05:06 PM") == datetime(2026-11-27T13:05:06Z)', true],
    ['todatetime("2026-11-27T14:00:00+02:00") == now()', true],
    ['bin(datetime(2026-11-27T11:58:59Z), 5m) == datetime(2026-11-27T11:55)', true],
    ['bin(datetime(2026-11-27T11:58:59Z), 7d) == datetime(2026-11-23)', true],
    ['bin(17, 5)', 15],
    ['ago(1h) == now() - 1h', true],
    ['now() - ago(1d) == 24h', true],
    ['ingestion_time()', null],
    ['toint("12")', 12],
    ['toint("12a")', null],
    ['strlen("né")', 2],
    ['string_size("né")', 3],
    ['isempty("")', true],
    ['isempty(int(null))', true],
    ['isnotempty(Who)', true],
    ['isnull(Who)', false],
    ['isnotnull(Tries)', true],
    ['int(null) == 1', false],
    ['int(null) != 1', true],
    ['int(null) == int(null)', null],
    ['int(null) < 1', null],
    ['not(int(null) < 1)', null],
    ['int(null) < 1 and false', false],
    ['int(null) < 1 or true', true],
    ['int(null) < 1 or false', null],
    ['now() between (ago(1m) .. now())', true],
  ])('%s', (expression, expected) => {
    expect(value(expression)).toEqual(expected);
  });

  it.each<[string, readonly string[]]>([
    ['Who == "ANN"', []],
    ['Who =~ "ANN"', ['ann', 'ann']],
    ['Who !~ "ANN"', ['Bob']],
    ['Who in ("ann")', ['ann', 'ann']],
    ['Who !in ("ann")', ['Bob']],
    ['Who in~ ("BOB", "x")', ['Bob']],
    ['Who in (Text, "Bob")', ['Bob']],
    ['Text has "11"', ['ann']],
    ['Text has "1"', []],
    ['Text !has "1"', ['ann', 'Bob', 'ann']],
    ['Text has "27T11:57"', ['ann']],
    ['Text contains "OO"', ['Bob']],
    ['Text !contains "OO"', ['ann', 'ann']],
    ['Text startswith "S"', ['Bob']],
    ['Text !startswith "S"', ['ann', 'ann']],
    ['Tries > 0', ['ann', 'ann']],
    ['Tries <= 3', ['ann']],
    ['Tries != 3', ['Bob', 'ann']],
    ['Tries in (5)', ['ann']],
    ['Tries in (5, int(null))', ['ann']],
    ['Tries !in (5)', ['ann', 'Bob']],
    ['At >= ago(5m)', ['ann']],
    ['isnull(At) or Tries == 3', ['ann', 'ann']],
  ])('where %s', (condition, expected) => {
    expect(whoIf(condition)).toEqual(expected);
  });
});

describe('literals', () => {
  it('read every text as it was written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = JSON.stringify(text).replace(
          /[\u2028\u2029]/g,
          (each) => `\\u${each.charCodeAt(0).toString(16)}`,
        );
        expect(tokensOf(literal)[0]?.says).toBe(text);
      }),
    );
  });

  it('read a time that was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: t('1990-01-01'), max: t('2090-01-01') }), (ms) => {
        expect([readDate(dateText(ms)), readDate(shortDateText(ms))]).toEqual([ms, ms]);
      }),
    );
  });

  it('are as short as they can be in an answer', () => {
    const texts = ['2026-11-27T12:00:00Z', '2026-11-27T12:00:00.1Z', '2026-11-27T12:00:00.0012441Z'];
    expect(texts.map((text) => shortDateText(t(text)))).toEqual(texts);
    expect([spanText(1500), spanText(-minute)]).toEqual(['00:00:01.5000000', '-00:01:00']);
  });
});
