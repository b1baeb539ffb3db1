import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { rowsUnder } from '../support/tables.ts';
import { page } from './pages.ts';

const security = page('SECURITY.md');
const operate = page('docs/operate.md');
const rows = (heading: string) => rowsUnder(security, heading);

describe('SECURITY.md', () => {
  it('says what each scope of the manifest is for, and which can be left out', () => {
    const { oauth_config } = z
      .object({
        oauth_config: z.object({
          scopes: z.object({ bot: z.array(z.string()), bot_optional: z.array(z.string()) }),
        }),
      })
      .parse(parse(page('manifest.yml')));
    const { bot, bot_optional } = oauth_config.scopes;
    const named = rows('What each right is for').filter(([name = '']) => !name.startsWith('Microsoft.'));
    expect(named.map(([scope = '']) => scope).toSorted()).toEqual(bot.toSorted());
    const optional = named.filter(([, , without]) => without?.startsWith('optional: '));
    expect(optional.map(([scope = '']) => scope).toSorted()).toEqual(bot_optional.toSorted());
  });

  it('says what each action in Azure is for, and no other than the role and the logs take', () => {
    const action = /Microsoft\.[A-Za-z]+(?:\/[A-Za-z]+)+\/(?:read|action)/g;
    const named = rows('What each right is for').flatMap(([name = '']) => name.match(action) ?? []);
    expect(named.toSorted()).toEqual([...new Set(operate.match(action))].toSorted());
  });

  it('names every family of keys in Redis once', () => {
    const keys = page('src/redis/record/keys.ts');
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
});
