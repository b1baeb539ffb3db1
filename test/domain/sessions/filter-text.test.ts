import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseHistory } from '../../../src/domain/history/query-text.ts';
import type { SessionFilter } from '../../../src/domain/sessions/filter.ts';
import { noFilter } from '../../../src/domain/sessions/filter.ts';
import {
  filterLength,
  filterText,
  parseFilter,
  typedLength,
} from '../../../src/domain/sessions/filter-text.ts';
import { anySign } from '../../support/any-sign.ts';
import { hour, minute } from '../../support/build.ts';
import { runs } from '../../support/runs.ts';

const field = (given: Partial<SessionFilter['fields']>) => ({ fields: { ...noFilter.fields, ...given } });

/** As people type: keys, near misses, quotes, blanks in odd places, and anything at all. */
const typed = fc
  .array(
    fc.oneof(
      fc.string({ unit: anySign, maxLength: 20 }),
      fc.constantFrom(
        'host:',
        'USER:"',
        'vm=',
        'older:',
        '4h',
        'sort:',
        'group:host',
        'hots:prod',
        '"',
        '“',
        "'",
        ' ‘',
        '’ ',
        "o'neil",
        '”',
        ':',
        ',',
        ' ',
        '*',
        'prod',
        'constructor:x',
        'p:rdp,ssh',
        'a'.repeat(90),
        '1h30m',
        '__proto__',
        'sort:login',
        'from:',
        'ENTRA:',
        '10.1.*',
        '2001:db8::7',
        'abcd::1',
        'fay@corp.example',
      ),
    ),
    { maxLength: 12 },
  )
  .chain((parts) => fc.constantFrom('', ' ').map((between) => parts.join(between)));

describe('what is typed after /bastion sessions', () => {
  it.each<[string, Partial<SessionFilter>]>([
    ['', {}],
    ['prod', { words: ['prod'] }],
    ['prod web', { words: ['prod', 'web'] }],
    ['host:prod-*', field({ host: ['prod-*'] })],
    ['HOST:Prod', field({ host: ['Prod'] })],
    ['host: prod', field({ host: ['prod'] })],
    ['host=prod', field({ host: ['prod'] })],
    ['h:prod u:alice', field({ host: ['prod'], user: ['alice'] })],
    ['login:alice machine:web', field({ user: ['alice'], vm: ['web'] })],
    ['protocol:rdp,ssh', field({ protocol: ['rdp', 'ssh'] })],
    ['protocol:rdp protocol:ssh', field({ protocol: ['rdp', 'ssh'] })],
    ['vm:"my vm"', field({ vm: ['my vm'] })],
    ['vm:“my vm”', field({ vm: ['my vm'] })],
    ['vm:"a,b"', field({ vm: ['a,b'] })],
    ['vm:"a,b",c,"d e"', field({ vm: ['a,b', 'c', 'd e'] })],
    ["vm:'my vm'", field({ vm: ['my vm'] })],
    ['vm:‘my vm’', field({ vm: ['my vm'] })],
    ["vm: 'my vm' prod", { ...field({ vm: ['my vm'] }), words: ['prod'] }],
    ["'my vm' ‘prod’", { words: ['my vm', 'prod'] }],
    ["user:'o'neil lee','x'", field({ user: ["o'neil lee", 'x'] })],
    ["user:o'neil d'arcy's", { ...field({ user: ["o'neil"] }), words: ["d'arcy's"] }],
    [`user:"'fay'" "x 'y' z"`, { ...field({ user: ["'fay'"] }), words: ["x 'y' z"] }],
    ["older:'4 h' sort:'vm'", { olderThanMs: 4 * hour, sort: 'vm' }],
    ["'tis 10' wide", { words: ['tis 10', 'wide'] }],
    ["vm:'open", field({ vm: ["'open"] })],
    ['"host:prod"', { words: ['host:prod'] }],
    ['10.0.0.4:22', { words: ['10.0.0.4:22'] }],
    ['a=b', { words: ['a=b'] }],
    ['vm:"not closed', field({ vm: ['not closed'] })],
    ['from:10.1.*', field({ from: ['10.1.*'] })],
    ['FROM:10.1.2.3,10.1.2.4', field({ from: ['10.1.2.3', '10.1.2.4'] })],
    ['from:2001:db8::7', field({ from: ['2001:db8::7'] })],
    ['from:"2001:db8::7"', field({ from: ['2001:db8::7'] })],
    ['from: abcd::7', field({ from: ['abcd::7'] })],
    ['from:abcd:*', field({ from: ['abcd:*'] })],
    ['address:10.1.2.3', field({ from: ['10.1.2.3'] })],
    ['abcd:ef01::*', { words: ['abcd:ef01::*'] }],
    ['entra:*@contractor.example', field({ entra: ['*@contractor.example'] })],
    ['entraUser:fay@corp.example', field({ entra: ['fay@corp.example'] })],
    ['e:fay f:10.1.2.3', field({ entra: ['fay'], from: ['10.1.2.3'] })],
    ['older:4h', { olderThanMs: 4 * hour }],
    ['older:>90min', { olderThanMs: 90 * minute }],
    ['older:1h30m', { olderThanMs: 90 * minute }],
    ['older:1.5Hours', { olderThanMs: 90 * minute }],
    ['older:"4 h"', { olderThanMs: 4 * hour }],
    ['sort:vm', { sort: 'vm' }],
    ['sort:login group:host', { sort: 'user', groupByHost: true }],
    ['older:2d prod sort:host', { words: ['prod'], olderThanMs: 48 * hour, sort: 'host' }],
  ])('is read: %s', (text, expected) => {
    expect(parseFilter(text)).toEqual({ filter: { ...noFilter, ...expected }, mistakes: [] });
  });

  it.each([
    ['hots:prod', { is: 'unknown-key', nearest: 'host' }],
    ['colour:red', { is: 'unknown-key' }],
    ['form:10.1.2.3', { is: 'unknown-key', nearest: 'from' }],
    ['entre:fay', { is: 'unknown-key', nearest: 'entra' }],
    ['cafe:red', { is: 'unknown-key' }],
    ['from:', { is: 'no-value' }],
    ['constructor:x', { is: 'unknown-key' }],
    ['host:', { is: 'no-value' }],
    ['host:""', { is: 'no-value' }],
    ['older:4', { is: 'no-duration' }],
    ['older:soon', { is: 'no-duration' }],
    ['older:4h!', { is: 'no-duration' }],
    ['older:99999d', { is: 'no-duration' }],
    [
      'sort:hots',
      { is: 'unknown-choice', choices: ['attention', 'age', 'host', 'vm', 'user'], nearest: 'host' },
    ],
    ['group:vm', { is: 'unknown-choice', choices: ['host'] }],
  ])('is named where it was not understood: %s', (text, mistake) => {
    expect(parseFilter(`prod ${text}`)).toEqual({
      filter: { ...noFilter, words: ['prod'] },
      mistakes: [{ typed: text, ...mistake }],
    });
  });

  it('does not take the next key for a missing value', () => {
    expect(parseFilter('host: user:alice')).toEqual({
      filter: { ...noFilter, ...field({ user: ['alice'] }) },
      mistakes: [{ is: 'no-value', typed: 'host:' }],
    });
  });

  it.each([
    ['older:4h older:5h', 'older:5h'],
    ['sort:age sort:vm', 'sort:vm'],
  ])('may say a thing once: %s', (text, second) => {
    expect(parseFilter(text).mistakes).toEqual([{ is: 'given-twice', typed: second }]);
    expect(parseFilter(text.replace(/ .*/, (first) => ` ${text.split(' ')[0] ?? first}`)).mistakes).toEqual(
      [],
    );
  });

  it('has a length, and what is beyond it is named', () => {
    const long = 'x'.repeat(filterLength);
    expect(parseFilter(`${long} y`)).toEqual({
      filter: { ...noFilter, words: [long] },
      mistakes: [{ is: 'too-long', typed: 'y' }],
    });
  });

  it('is the same filter when what was understood is read again, whatever it is', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { filter } = parseFilter(text);
        expect(filterText(filter).length).toBeLessThanOrEqual(filterLength);
        expect(parseFilter(filterText(filter))).toEqual({ filter, mistakes: [] });
      }),
      runs(500),
    );
  });

  it('is the same in whichever quotes', () => {
    const value = fc.string({ unit: fc.constantFrom('a', ' ', ',', ':', '*', '-'), minLength: 1 });
    const prefix = fc.constantFrom('', 'vm:', 'USER: ', 'older:', 'x=', 'prod,', 'host:a,');
    fc.assert(
      fc.property(fc.array(fc.tuple(prefix, value)), (parts) => {
        const inQuotes = (open: string, close: string) =>
          parseFilter(parts.map(([key, text]) => `${key}${open}${text}${close}`).join(' '));
        expect(inQuotes("'", "'")).toEqual(inQuotes('"', '"'));
        expect(inQuotes('‘', '’')).toEqual(inQuotes('"', '"'));
      }),
      runs(500),
    );
  });

  it('is never silently left out', () => {
    fc.assert(
      fc.property(typed, (text) => {
        const { filter, mistakes } = parseFilter(text);
        const seen = [filterText(filter), ...mistakes.map((mistake) => mistake.typed)]
          .join(' ')
          .toLowerCase();
        const words = text.match(/(?<![:=]\s*|["“”„«»,:=\p{L}])\b[a-z]{4,}\b(?!\s*[:=])/giu) ?? [];
        for (const word of words) expect(seen).toContain(word.toLowerCase());
      }),
      runs(500),
    );
  });

  it('is read as far as it can be, and the rest said to be left out', () => {
    const words = `prod ${' '.repeat(typedLength)} web`;
    const read = { filter: { ...noFilter, words: ['prod'] }, mistakes: [{ is: 'too-long', typed: 'web' }] };
    expect(parseFilter(words)).toEqual(read);
    expect(parseHistory(words)).toMatchObject(read);
    expect(parseFilter(`${' '.repeat(40_000)}prod`)).toMatchObject({ filter: read.filter, mistakes: [] });
  });

  it('takes those single quotes for quotes that a regular expression would find', () => {
    // One that goes back over the text, and so would take a minute for a long one.
    const pairs = /"[^"]*(?:"|$)|(?<=^|[\s:=,])'([^"]*?)'(?=$|[\s,])/g;
    const text = fc
      .array(fc.constantFrom("'", '"', ' ', 'a', 'b', ',', 'vm:'), { maxLength: 14 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const plain = given.replaceAll(pairs, (found, inner?: string) =>
          inner === undefined ? found : `"${inner}"`,
        );
        expect(parseFilter(given)).toEqual(parseFilter(plain));
      }),
      runs(2000),
    );
  });
});
