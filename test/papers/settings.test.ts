import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { filledIn } from './settings-page.ts';

it('docs/settings.md tells of every variable and field what the schemas say: npm run docs writes it', () => {
  const page = readFileSync('docs/settings.md', 'utf8');
  expect(page).toBe(filledIn(page));
});
