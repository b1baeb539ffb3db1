import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { currentBuild } from './current-build.js';
import { orGiveUp } from './give-up.js';

// What `npm start` runs: the bot in this very process, built anew only where its source is not that of the build.
const build = await orGiveUp(async () => currentBuild({ mustPoint: false }));
await import(pathToFileURL(join(build, 'main.js')).href);
