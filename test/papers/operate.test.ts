import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { promMetrics } from '../../src/ops/metrics.ts';
import { rowsOf, rowsUnder } from '../support/tables.ts';
import { allOf, page } from './pages.ts';

const operate = page('docs/operate.md');
const firstCells = (heading: string) => rowsUnder(operate, heading).map(([cell = '']) => cell);
const source = sourceUnder('src').join('\n');

describe('docs/operate.md', () => {
  it('tells of every metric with its kind and labels, and of no other', async () => {
    const registered = allOf(/^# TYPE (bastion_\w+ \w+)$/gm, await promMetrics().text());
    const told = rowsUnder(operate, 'Metrics').map(([name, kind = '']) => `${name} ${kind.split(', ')[0]}`);
    expect(told.toSorted()).toEqual(registered.toSorted());
    const labels = rowsUnder(operate, 'Metrics').map(([, kind = '']) => kind.split(', ').slice(1));
    const given = allOf(/labelNames: \[(.*)\]/g, page('src/ops/metrics.ts')).map((list) =>
      allOf(/'(\w+)'/g, list),
    );
    expect(labels.filter((each) => each.length > 0).toSorted(byText)).toEqual(given.toSorted(byText));
  });

  it('tells of every part of /readyz', () => {
    const literal = allOf(/board\.(?:report|expect)\(\s*'([a-z ]+)'/g, source);
    const channels = ['channel alerts', 'channel approvals'];
    expect(source).toContain('board.report(`channel ${role}`');
    expect(firstCells('Health').toSorted()).toEqual([...new Set([...literal, ...channels])].toSorted());
    const required = allOf(/board\.expect\(\s*'([a-z ]+)'/g, source);
    const decides = rowsUnder(operate, 'Health').filter(([, cell]) => cell === 'yes');
    expect(decides.map(([name = '']) => name).toSorted()).toEqual(required.toSorted());
  });

  it('gives a reason for every scope and event of the manifest', () => {
    const { oauth_config, settings } = manifest();
    expect(firstCells('Slack').toSorted()).toEqual(oauth_config.scopes.bot.toSorted());
    const events = allOf(/`([a-z_]+)`/g, /^Events: .*$/m.exec(operate)?.[0] ?? '');
    expect(events.toSorted()).toEqual(settings.event_subscriptions.bot_events.toSorted());
  });

  it('quotes what the bot says', () => {
    const cells = rowsOf(operate, 'When it goes wrong').map(([cell = '']) => cell);
    const sentences = cells.flatMap((cell) => allOf(/"([^"]+)"/g, cell));
    expect(sentences.length).toBeGreaterThan(5);
    expect(sentences.filter((sentence) => !source.includes(sentence))).toEqual([]);
  });
});

function manifest() {
  return z
    .object({
      oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
      settings: z.object({ event_subscriptions: z.object({ bot_events: z.array(z.string()) }) }),
    })
    .parse(parse(page('manifest.yml')));
}

function sourceUnder(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => readFileSync(join(folder, file), 'utf8'));
}

function byText(one: readonly string[], other: readonly string[]): number {
  return one.join() < other.join() ? -1 : 1;
}
