import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';

it('no text says that the end of a connection logs anybody off', () => {
  const source = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join('src', file));
  const pages = ['README.md', ...readdirSync('docs').map((file) => join('docs', file))];
  const claims = [...source, ...pages, 'manifest.yml', 'bastion-bot.example.yaml'].filter((file) =>
    /\blog(?:s|ged|ging)?[ -]?off\b|\bsign(?:s|ed)? (?:them |you )?out of the machine/i.test(
      readFileSync(file, 'utf8'),
    ),
  );
  expect(claims).toEqual([]);
});
