import { readFileSync, writeFileSync } from 'node:fs';
import { filledIn } from './settings-page.ts';

// Writes what docs/settings.md tells of the schemas.
const page = 'docs/settings.md';
writeFileSync(page, filledIn(readFileSync(page, 'utf8')));
