import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { rowsUnder } from './support/tables.ts';

const security = readFileSync('SECURITY.md', 'utf8');
const readme = readFileSync('README.md', 'utf8');
const rows = (heading: string) => rowsUnder(security, heading);

describe('SECURITY.md', () => {
  it('says what each scope of the manifest is for, and which can be left out', () => {
    const { oauth_config } = z
      .object({
        oauth_config: z.object({
          scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
        }),
      })
      .parse(parse(readFileSync('manifest.yml', 'utf8')));
    const { bot, bot_optional } = oauth_config.scopes;
    const named = rows('What each right is for').filter(([name = '']) => !name.startsWith('Microsoft.'));
    expect(named.map(([scope = '']) => scope).toSorted()).toEqual(bot.toSorted());
    const optional = named.filter(([, , without]) => without?.startsWith('optional: '));
    expect(optional.map(([scope = '']) => scope).toSorted()).toEqual(bot_optional.toSorted());
  });

  it('says what each action in Azure is for, and no other than the README gives', () => {
    const action = /Microsoft\.[A-Za-z]+(?:\/[A-Za-z]+)+\/(?:read|action)/g;
    const named = rows('What each right is for').flatMap(([name = '']) => name.match(action) ?? []);
    expect(named.toSorted()).toEqual([...new Set(readme.match(action))].toSorted());
  });

  it('names every family of keys in Redis once', () => {
    const keys = readFileSync('src/redis/record/keys.ts', 'utf8');
    const families = [...keys.matchAll(/\bkey\(\s*'([a-z-]+)'/g)].map(([, family = '']) => family);
    const queues = ['polls', 'tasks', 'requests'];
    const named = rows('What is stored about people').flatMap(([cell = '']) => cell.split(', '));
    expect(families.length).toBeGreaterThan(40);
    expect(named.toSorted()).toEqual([...new Set([...families, ...queues])].toSorted());
  });

  it('names every class of attack in its folder', () => {
    const named = rows('Attacks that are tried at every change').map(([file]) => file);
    const there = readdirSync('test/attacks').filter((file) => file.endsWith('.test.ts'));
    expect(named).toEqual(there.toSorted());
  });

  it('names no file and no command that is not there', () => {
    const files = [...security.matchAll(/`((?:src|test)\/[\w/.-]+)`/g)].map(([, path = '']) => path);
    for (const path of files) expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(readFileSync('package.json', 'utf8')));
    for (const [, name = ''] of security.matchAll(/`npm run ([a-z]+)/g)) expect(scripts).toHaveProperty(name);
    const measured = [...security.matchAll(/`npm run bench -- ([a-z]+)`/g)].map(([, part]) => `'${part}',`);
    expect(measured).toHaveLength(1);
    for (const part of measured) expect(readFileSync('test/bench/main.ts', 'utf8')).toContain(part);
  });
});

const componentShape = z.object({
  name: z.string(),
  version: z.string(),
  properties: z.array(z.object({ name: z.string(), value: z.string() })),
  hashes: z.array(z.object({ alg: z.string(), content: z.string() })).min(1),
  licenses: z.array(z.object({ license: z.object({ id: z.string() }) })).min(1),
});
const lockShape = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), dev: z.boolean().optional(), integrity: z.string().optional() }),
  ),
});
const free = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD']);

describe('the bill of materials', () => {
  it('names every package that is shipped, with a checksum and a licence that leaves everybody free', async () => {
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
      maxBuffer: 32 * 1024 * 1024,
    });
    const { components } = z.object({ components: z.array(z.looseObject({})) }).parse(JSON.parse(stdout));
    const shipped = components
      .filter((each) => !JSON.stringify(each).includes('cdx:npm:package:development'))
      .map((each) => componentShape.parse(each));
    const { packages } = lockShape.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
    const unsealed = Object.entries(packages).filter(
      ([path, { integrity }]) => path !== '' && integrity?.startsWith('sha512-') !== true,
    );
    expect(unsealed).toEqual([]);
    const locked = Object.entries(packages)
      .filter(([path, { dev = false }]) => path !== '' && !dev)
      .map(([path, { version }]) => `${path.split('node_modules/').at(-1) ?? ''} ${version}`);
    const named = shipped.map(({ name, version }) => `${name} ${version}`);
    expect([...new Set(named)].toSorted()).toEqual([...new Set(locked)].toSorted());
    const licences = shipped.flatMap(({ licenses }) => licenses.map(({ license }) => license.id));
    expect(licences.filter((id) => !free.has(id))).toEqual([]);
  });
});
