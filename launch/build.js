import { currentBuild } from './current-build.js';
import { orGiveUp } from './give-up.js';

// What `npm run build` runs.
await orGiveUp(async () => currentBuild({ mustPoint: true }));
