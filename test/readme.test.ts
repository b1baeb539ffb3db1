import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { policyTable } from '../src/config/policy-schema.ts';
import { settingsTable } from '../src/config/variables.ts';

const readme = readFileSync('README.md', 'utf8');

/** The rows of the first table under a heading. */
function tableUnder(heading: string) {
  const section = readme.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.map((row) => {
    const [name = '', meaning, value] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    return { name: name.replaceAll('`', ''), meaning, default: value };
  });
}

describe('the README', () => {
  it('lists every variable with its meaning and default', () => {
    expect(tableUnder('Settings')).toEqual(settingsTable);
  });

  it('lists every field of the policy file with its meaning and default', () => {
    expect(tableUnder('Policy file')).toEqual(policyTable);
  });

  it('names no file that is not there', () => {
    const named = [...readme.matchAll(/`([\w-]+(?:\/[\w-]+)+\.ts)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(10);
    const isThere = (path: string) => existsSync(path) || existsSync(`src/${path}`);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });
});
