import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { readPolicy } from '../../src/config/file.ts';
import { runs } from '../support/runs.ts';

let folder: string;
let path: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'policy-'));
  path = join(folder, 'policy.yaml');
});
afterAll(() => rmSync(folder, { recursive: true }));

function mistakesIn(content: string | Uint8Array): readonly string[] {
  writeFileSync(path, content);
  const result = readPolicy(path);
  return result.ok ? [] : result.mistakes;
}

const enough =
  'channels: { alerts: C1, approvals: G2 }\naccess: { view: [S1], disconnect: [S1], approve: [S2] }\n';
const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('');

const bomb = many(9, (level) => {
  const items = level === 0 ? 'x,x,x,x,x,x,x,x,x' : `${many(9, () => `*a${level - 1},`)}x`;
  return `a${level}: &a${level} [${items}]\n`;
});

describe('a hostile policy file', () => {
  it.each<[string, string | Uint8Array, RegExp]>([
    ['a bomb of aliases', bomb, /aliases|alias count/i],
    ['more aliases than a policy needs', `a: &a x\nl: [${'*a,'.repeat(200)}]`, /at most 100 aliases/],
    ['an anchor within itself', 'rules: &a [*a]\n', /:1 .*stands within what it stands for/],
    ['a map within itself', 'channels: &a { alerts: *a }\n', /stands within/],
    ['merged maps', `${enough}polling: { <<: { every: 60s } }\n`, /polling\.<<: no such field/],
    [
      'merged maps of an older YAML',
      `%YAML 1.1\n---\n${enough}polling: { <<: { every: 60s } }\n`,
      /no such field/,
    ],
    ['deep lists', '['.repeat(100_000), /at most 50 levels/],
    ['deep lists that end', `${'['.repeat(3000)}${']'.repeat(3000)}`, /at most 50 levels/],
    ['deep maps', '{a: '.repeat(50_000), /at most 50 levels/],
    ['deep lists of blocks', `${'- '.repeat(100_000)}x`, /at most 50 levels/],
    ['deep keys', `${'? '.repeat(100_000)}x`, /at most 50 levels/],
    ['a tag of JavaScript', 'channels: !!js/function "x"\n', /:1 .*js\/function/],
    ['a binary', 'channels: !!binary aGk=\n', /:1 .*binary/],
    ['a tag of its own', 'channels: !mine x\n', /:1 .*!mine/],
    ['NUL', 'channels: "\0"\n', /NUL/],
    ['no UTF-8', new Uint8Array([0x61, 0xff, 0xfe]), /no UTF-8/],
    ['UTF-16', Buffer.from('\uFEFFchannels: x', 'utf16le'), /no UTF-8/],
    ['a key twice', `${enough}rules: []\nrules: []\n`, /:4 .*unique/],
    ['many documents', `${enough}---\n${enough}`, /documents/],
    ['a million bytes and more', `# ${'x'.repeat(1_000_000)}`, /longer than 1 MB/],
    ['100,000 rules', `rules:\n${'- a: 1\n'.repeat(100_000)}`, /:\d+ expected at most 10,000 in one list/],
    ['2,000 rules', `rules:\n${'- a: 1\n'.repeat(2000)}`, /:1 rules: expected at most 1000, got 2000/],
    ['nothing but lines', '\n'.repeat(900_000), /at most 200,000 words and signs/],
    ['nothing but quotes', '"'.repeat(900_000), /at most 200,000 words and signs/],
    ['nothing but anchors', `${'&a '.repeat(300_000)}x`, /at most 200,000 words and signs/],
    ['too many people', `people: [${'x,'.repeat(10_001)}]\n`, /expected at most 10,000 in one list/],
    [
      'a field too long',
      `rules: [{ name: ${'x'.repeat(900_000)} }]\n`,
      /rules\[0\]\.name: .* 1000 characters, got 900000/,
    ],
    ['too many fields', many(60_000, (index) => `k${index}: 1\n`), /at most 200 fields/],
    ['too large a number', `${enough}historyDays: 1e999\n`, /historyDays: .*got Infinity/],
    ['a date', `${enough}historyDays: 2020-01-01\n`, /historyDays: .*got "2020-01-01"/],
    ['a constructor', `${enough}constructor: { prototype: 1 }\n`, /constructor: no such field/],
  ])('ends in one named mistake: %s', (_, content, words) => {
    const [mistake, ...others] = mistakesIn(content);
    expect(mistake).toMatch(words);
    expect(mistake?.startsWith(path)).toBe(true);
    expect(mistake).not.toMatch(/\n|Maximum call stack/);
    expect(others).toEqual([]);
  });

  it('reaches no prototype', () => {
    mistakesIn(`${enough}__proto__: { polluted: yes }\n`);
    expect({}).not.toHaveProperty('polluted');
  });

  it('says of very many mistakes the first, and how many there are', () => {
    const mistakes = mistakesIn(`${enough}rules:\n${'- a: 1\n'.repeat(900)}`);
    expect(mistakes).toHaveLength(21);
    // Of each rule that it lacks a name, that it lacks a limit, and that there is no such field.
    expect(mistakes.at(-1)).toBe('and 2,680 more');
    expect(mistakesIn('\t@\n'.repeat(200_000)).length).toBeLessThanOrEqual(21);
  });

  it('is no pipe, device, socket or folder, and may be a link to a file', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const socket = join(folder, 'socket');
    const server = createServer().listen(socket);
    await once(server, 'listening');
    const link = join(folder, 'link.yaml');
    writeFileSync(path, enough);
    symlinkSync(path, link);
    const all = [pipe, '/dev/zero', socket, folder].map(readPolicy);
    server.close();
    expect(all.map((result) => (result.ok ? '' : result.mistakes.join('')))).toEqual([
      expect.stringContaining('no file'),
      expect.stringContaining('no file'),
      expect.stringContaining('this is a socket'),
      expect.stringContaining('this is a folder'),
    ]);
    expect(readPolicy(link).ok).toBe(true);
  });

  it.each([
    'xoxb-1234567890-abcdef',
    'xapp-1-A1-2-abcdef',
    '8f742231b10e8888abcd99e0a4b85a52',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl',
    'Zm9vYmFyYmF6cXV4L2Zvb2Jhcit4MTIzNDU2Nzg5MA==',
  ])('is quoted without what may be a secret: %s', (secret) => {
    for (const text of [
      `channels: { alerts: "${secret}" }\n`,
      `"${secret}": x\n`,
      `channels: !${secret} x\n`,
    ]) {
      expect(mistakesIn(text).join('\n')).not.toContain(secret.slice(0, 12));
    }
  });

  it('cannot steer the terminal that it is quoted on', () => {
    const escapes = String.raw`\e[2J\u009b31m\u202e`;
    const mistakes = mistakesIn(`channels: { alerts: "${escapes}" }\n"${escapes}": x\n`);
    expect(mistakes.join('')).toContain(String.raw`\u{202e}`);
    expect(mistakes.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('is a policy or mistakes, whatever its bytes', () => {
    const word = fc.constantFrom(
      'rules',
      'people',
      'channels',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '&a ',
      '*a',
      '!!set ',
      '|',
      '>',
      '"',
      "'",
      '?',
      '---\n',
      '...\n',
      '%YAML 1.1\n',
      '<<',
      '__proto__',
      '#',
      '\t',
      '1e999',
      '~',
      'x',
    );
    const contents = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(word, { maxLength: 60 }).map((words) => Buffer.from(words.join(''))),
      fc.array(word, { maxLength: 40 }).map((words) => Buffer.from(enough + words.join(''))),
    );
    fc.assert(
      fc.property(contents, (content) => {
        writeFileSync(path, content);
        const result = readPolicy(path);
        const mistakes = result.ok ? ['none'] : result.mistakes;
        expect(mistakes).not.toEqual([]);
        expect(mistakes.join('')).not.toMatch(/[\p{Cc}\p{Cf}]|Cannot read|not a function|call stack/u);
      }),
      runs(1000),
    );
  });
});
