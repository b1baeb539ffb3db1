import { currentBuild } from '../../../launch/current-build.js';

// What `npm run demo` starts: the bot is built, where it has to be, while everything else is loaded and started.
const built = currentBuild();
built.catch(() => undefined);

const { runDemo } = await import('./run.ts');
await runDemo(built);
