import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

interface Instruction {
  readonly does: string;
  readonly what: string;
}

/** As Docker reads it: continued lines are one, comments none. */
function instructionsIn(text: string): Instruction[] {
  const lines = text.replaceAll(/^#.*\n/gm, '').replaceAll(/\\\n\s*/g, '');
  return lines.split('\n').flatMap((line) => {
    const [does = '', ...what] = line.split(' ');
    return does === '' ? [] : [{ does: does.toUpperCase(), what: what.join(' ') }];
  });
}

const instructions = instructionsIn(readFileSync('Dockerfile', 'utf8'));
const all = (does: string, among = instructions) =>
  among.filter((each) => each.does === does).map(({ what }) => what);
const shipped = instructions.slice(instructions.findLastIndex(({ does }) => does === 'FROM'));
const variables = all('ENV', shipped).flatMap((line) => line.split(' '));

describe('the image', () => {
  it('stands on one base, pinned by its digest', () => {
    const bases = all('FROM').map((base) => base.split(' ')[0]);
    expect(bases).toHaveLength(2);
    for (const base of bases) {
      expect(base).toMatch(/^node:\d+\.\d+\.\d+-[a-z]+-slim@sha256:[0-9a-f]{64}$/);
    }
    expect(new Set(bases).size).toBe(1);
  });

  it('installs what the lockfile says, whose packages run no scripts', () => {
    expect(all('RUN').filter((line) => /npm (i|install|add)\b/.test(line))).toEqual([]);
    expect(all('RUN')).toContain('npm ci');
    expect(all('COPY')).toContain('package.json package-lock.json .npmrc ./');
    expect(readFileSync('.npmrc', 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });

  it('takes nothing from elsewhere, and from the checkout no more than it names', () => {
    expect(all('ADD')).toEqual([]);
    const [first, ...others] = readFileSync('.dockerignore', 'utf8').trim().split('\n');
    expect(first).toBe('*');
    expect(
      others.filter((line) => !/^!(package(-lock)?\.json|\.npmrc|tsconfig\.json|launch|src)$/.test(line)),
    ).toEqual([]);
  });

  it('is no root, by a number that a cluster can check', () => {
    expect(all('USER', shipped)).toEqual(['1000:1000']);
    const after = shipped.slice(shipped.findIndex(({ does }) => does === 'USER'));
    expect(all('RUN', after)).toEqual([]);
  });

  it('cannot change what it runs', () => {
    expect(all('COPY', shipped).length).toBeGreaterThan(0);
    for (const line of all('COPY', shipped)) {
      expect(line).toMatch(/^--from=build /);
      expect(line).not.toMatch(/--ch(own|mod)/);
    }
    expect(all('RUN', shipped).join('\n')).not.toMatch(/ch(own|mod)/);
  });

  it('keeps its data in the one volume, and needs no other place to write to but /tmp', () => {
    expect(all('VOLUME', shipped)).toEqual(['/data']);
    expect(variables).toContain('DATA_DIR=/data');
  });

  it('signs in by no tool of developers', () => {
    expect(variables).toContain('AZURE_TOKEN_CREDENTIALS=prod');
  });

  it('holds no secret', () => {
    expect(all('ARG')).toEqual([]);
    expect(variables.filter((each) => /(TOKEN|SECRET|KEY|PASSWORD)=/i.test(each))).toEqual([]);
  });

  it('holds no npm, yarn or corepack', () => {
    const removed = all('RUN', shipped).join('\n');
    for (const path of [
      '/usr/local/lib/node_modules',
      '/usr/local/bin/npm',
      '/usr/local/bin/corepack',
      '/opt/yarn-*',
    ]) {
      expect(removed).toContain(path);
    }
  });

  it('is the process itself, so that signals reach it', () => {
    expect(all('CMD', shipped)).toEqual(['["node", "dist/main.js"]']);
    expect(all('ENTRYPOINT', shipped)).toEqual([]);
  });
});
