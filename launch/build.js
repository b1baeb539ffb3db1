import { currentBuild } from './current-build.js';
import { orGiveUp } from './give-up.js';

await orGiveUp(async () => currentBuild({ mustPoint: true }));
