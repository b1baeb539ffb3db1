import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { KqlError } from './azure/kql/error.ts';
import type { Row } from './azure/kql/value.ts';
import { minute, now, rows, run } from './kql.ts';

function refusal(query: string): KqlError {
  try {
    run(query);
  } catch (error) {
    if (error instanceof KqlError) return error;
    throw error;
  }
  throw new Error(`It runs: ${query}`);
}

describe('operators', () => {
  it.each<[string, readonly Row[]]>([
    ['| where Who == "ann" | project Tries', [[3], [5]]],
    [
      '| project Twice = Tries * 2, Who',
      [
        [6, 'ann'],
        [null, 'Bob'],
        [10, 'ann'],
      ],
    ],
    ['| extend Who = toupper(Who) | project Who | take 2', [['ANN'], ['BOB']]],
    ['| extend Old = Who, Who = "x" | take 1 | project Old, Who', [['ann', 'x']]],
    ['| distinct Who', [['ann'], ['Bob']]],
    ['| distinct * | count', [[3]]],
    ['| count', [[3]]],
    ['| where false | count', [[0]]],
    ['| where false | summarize count()', [[0]]],
    ['| where false | summarize count() by Who', []],
    ['| sort by Tries | project Tries', [[5], [3], [null]]],
    ['| order by Tries asc | project Tries', [[null], [3], [5]]],
    ['| order by Tries asc nulls last | project Tries', [[3], [5], [null]]],
    [
      '| order by Who asc, Tries desc | project Who, Tries',
      [
        ['Bob', null],
        ['ann', 5],
        ['ann', 3],
      ],
    ],
    ['| limit 1 | project Who', [['ann']]],
    ['| project Who // the rest is said\n| take 1', [['ann']]],
  ])('%s', (query, expected) => {
    expect(rows(query)).toEqual(expected);
  });

  it('summarizes by what it computes', () => {
    const table = run(
      'Logins | summarize count(), Last = max(At), First = min(At), Tries = make_set(Tries), countif(Tries > 3), any(Text) by Login = tolower(Who)',
    );
    expect(table.columns).toEqual([
      { name: 'Login', type: 'string' },
      { name: 'count_', type: 'long' },
      { name: 'Last', type: 'datetime' },
      { name: 'First', type: 'datetime' },
      { name: 'Tries', type: 'dynamic' },
      { name: 'countif_', type: 'long' },
      { name: 'any_Text', type: 'string' },
    ]);
    const [ann, bob] = [now - 3 * minute, now - 8 * minute];
    expect(table.rows).toEqual([
      ['ann', 2, ann, ann, [3, 5], 1, '2026-11-27T11:57:00Z'],
      ['bob', 1, bob, bob, [], 0, 'soon'],
    ]);
  });

  it('keeps no more of a set than it is told to', () => {
    expect(rows('| summarize make_set(Who, 1), make_set(Text)')).toEqual([
      [['ann'], ['2026-11-27T11:57:00Z', 'soon', '']],
    ]);
  });

  it('finds the row in which something is greatest, or least', () => {
    const table = run('Logins | summarize arg_max(Tries, Who, Text) by tolower(Who)');
    expect(table.columns.map(({ name }) => name)).toEqual(['Who', 'Tries', 'Who1', 'Text']);
    expect(table.rows).toEqual([
      ['ann', 5, 'ann', ''],
      ['bob', null, 'Bob', 'soon'],
    ]);
    expect(rows('| summarize arg_min(Tries, *)')).toEqual([
      [3, 'ann', now - 3 * minute, '2026-11-27T11:57:00Z'],
    ]);
  });

  it('tells the columns and their types', () => {
    expect(rows('| getschema | project ColumnName, ColumnType')).toEqual([
      ['Who', 'string'],
      ['At', 'datetime'],
      ['Tries', 'int'],
      ['Text', 'string'],
    ]);
  });

  it('takes what was named before', () => {
    const query =
      'let wanted = dynamic(["ann", "eve"]); let least = 4; Logins | where Who in (wanted) and Tries > least';
    expect(run(query).rows).toHaveLength(1);
  });
});

describe('what is not understood', () => {
  it.each([
    [
      'Nobody | take 1',
      `SEM0100 'take' operator: Failed to resolve table or column expression named 'Nobody'`,
    ],
    ['Nobody', `SEM0100 Failed to resolve table or column expression named 'Nobody'`],
    [
      'Logins | where Whom == 1',
      `SEM0100 'where' operator: Failed to resolve scalar expression named 'Whom'`,
    ],
    ['Logins | where who == ""', `SEM0100 'where' operator: Failed to resolve scalar expression named 'who'`],
    [
      'Logins | extend A = 1, B = A',
      `SEM0100 'extend' operator: Failed to resolve scalar expression named 'A'`,
    ],
    [
      'Logins | project Who | where Tries > 1',
      `SEM0100 'where' operator: Failed to resolve scalar expression named 'Tries'`,
    ],
    ['Logins | extend X = guess(Who)', `SEM0260 Unknown function: 'guess'.`],
    ['Logins | summarize X = tolower(Who)', `SEM0260 Unknown function: 'tolower'.`],
    [
      'Logins | where Text > At',
      'SEM0064 Cannot compare values of types string and datetime. Try adding explicit casts',
    ],
    [
      'Logins | where Tries == "3"',
      'SEM0064 Cannot compare values of types int and string. Try adding explicit casts',
    ],
    [
      'Logins | extend X = coalesce(Text, At)',
      'SEM0247 coalesce(): all arguments must have the same type, not string, datetime',
    ],
    [
      'Logins | extend X = iff(true, At, Text)',
      'SEM0247 iff(): all arguments must have the same type, not datetime, string',
    ],
    ['Logins | wher Who == ""', `SYN0002 Query could not be parsed at 'wher' on line [1,9]`],
    ['Logins\n| where Who ==', `SYN0002 Query could not be parsed at '<EOF>' on line [2,14]`],
    ['Logins | where Who == "ann', `SYN0002 Query could not be parsed at '"' on line [1,22]`],
    [
      'Logins | where At > datetime(tomorrow)',
      `SYN0002 Query could not be parsed at 'datetime(tomorrow)' on line [1,20]`,
    ],
    ['Logins | take 1 Who', `SYN0002 Query could not be parsed at 'Who' on line [1,16]`],
    ['', `SYN0002 Query could not be parsed at '<EOF>' on line [1,0]`],
  ])('%s', (query, expected) => {
    const { code, message } = refusal(query);
    expect(`${code} ${message}`).toBe(expected);
  });

  it('is never anything but an error of the query', () => {
    const pieces =
      'Logins || where |Who|==|"a"|(|)|,| in |summarize|count()| by |let| x=|;|1|5m|dynamic|[|]|{|has|not|*|..|-|~|é';
    fc.assert(
      fc.property(fc.array(fc.constantFrom('|', ...pieces.split('|')), { maxLength: 12 }), (words) => {
        expect(['rows', 'KqlError']).toContain(outcome(`Logins | ${words.join('')}`));
      }),
    );
  });
});

function outcome(query: string): string {
  try {
    run(query);
    return 'rows';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
