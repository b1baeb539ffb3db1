import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { currentBuild } from './current-build.js';
import { orGiveUp } from './give-up.js';

/** The current build's program, as an address to import; ends the process where there is none. */
export async function bot() {
  const build = await orGiveUp(async () => currentBuild({ mustPoint: false }));
  return pathToFileURL(join(build, 'main.js')).href;
}
