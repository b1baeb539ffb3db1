import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The folder in which this process, and all that it starts, keep their temporary files from now on. */
export function makeHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'bastion-bot-demo-'));
  process.env['TMPDIR'] = home;
  return home;
}
