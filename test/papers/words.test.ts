import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { rowsUnder } from '../support/tables.ts';
import { allOf, page, pages, spansOf } from './pages.ts';

/** Words that stood for something that has another name by now: a part of no name in `src`. */
const oldWords = new Set(
  [
    'blind blindness blindnesses', // silence
    'memory memories', // state of a host
    'watch watches watched', // tracked session
    'judge judged judgement judgements', // evaluate, evaluation
    'attend attends attending', // enqueue, advance, next step
    'crossing crossings', // due time
    'nameless', // what cannot be ended
  ].flatMap((line) => line.split(' ')),
);
const oldNames = new Set(['Told', 'Pace', 'redisPace', 'attentionAt', 'emptiedAt', 'blindnessId']);
/** What is no word of daily life either. */
const oldProse = /\b(?:blindness|blind|judgements?|crossings?|nameless)\b/gi;

const stored = rowsUnder(page('docs/glossary.md'), 'Old words that are still stored');

describe('old words', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  );

  it.each(files)('are in no name of %s', (file) => {
    const names = [...namesIn(page(join('src', file))), ...file.replace(/\.ts$/, '').split('/')];
    expect([...new Set(names)].filter(isOld)).toEqual([]);
  });

  it.each(pages)('are not in $path, but where it tells what is stored', ({ text }) => {
    const told = text.replace(
      /^## (?:Old words that are still stored|What is stored about people)\n[^]*?(?=^## |$(?![^]))/gm,
      '',
    );
    expect(told.replaceAll(/`[^`\n]+`/g, '').match(oldProse) ?? []).toEqual([]);
    const names = spansOf(told).filter((span) => /^[\w-]+$/.test(span));
    expect(names.filter((name) => isOld(name))).toEqual([]);
  });

  it('are told with what they are called today where records keep them', () => {
    const table = page('src/redis/record/stored-words.ts');
    const kept = [...table.matchAll(/^ {2}\['([\w-]+)', '([\w-]+)'\],$/gm)].map(([, today, old]) => [
      old,
      today,
    ]);
    expect(kept.length).toBeGreaterThan(3);
    const told = stored.map(([old, , today = '']) => [old, today.replace(/:.*/, '')]);
    expect(kept.filter((pair) => !told.some((row) => row.join() === pair.join()))).toEqual([]);
  });

  it('are told where keys keep them', () => {
    const families = allOf(/\bkey\(\s*'([a-z-]+)'/g, page('src/redis/record/keys.ts'));
    const old = families.filter((family) => isOld(family) || family.startsWith('told'));
    const told = stored.filter(([, where]) => where?.startsWith('key')).map(([word = '']) => word);
    expect(told.toSorted()).toEqual([...new Set(old)].toSorted());
  });
});

/** Every name in the code, without comments and texts. */
function namesIn(code: string): readonly string[] {
  const bare = code
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, '')
    .replaceAll(/\/\/.*/g, '');
  return withoutTemplates(bare).match(/\b[A-Za-z_]\w*/g) ?? [];
}

/** What is put into a text stays; of texts in one another the inner ones go first. */
function withoutTemplates(code: string): string {
  const put: string[] = [];
  const flat = code.replaceAll(/\$\{([^{}`]*)\}/g, (_, inner: string) => {
    put.push(inner);
    return '';
  });
  const next = [flat.replace(/`[^`$]*`/, ''), ...put].join('\n');
  return next === code ? code : withoutTemplates(next);
}

function isOld(name: string): boolean {
  const parts = name.split(/[-_]|(?<=[a-z\d])(?=[A-Z])/).map((part) => part.toLowerCase());
  return oldNames.has(name) || parts.some((part) => oldWords.has(part));
}
