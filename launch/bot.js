import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { currentBuild } from './current-build.js';
import { orGiveUp } from './give-up.js';

export async function bot() {
  const build = await orGiveUp(async () => currentBuild({ mustPoint: false }));
  return pathToFileURL(join(build, 'main.js')).href;
}
