import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// What `npm run demo` starts: the bot is built, where it has to be, while everything else is loaded and started.
const builder = fileURLToPath(new URL('../../launch/build.js', import.meta.url));
const build = spawn(process.execPath, [builder], { stdio: 'inherit' });
const built = ended();
built.catch(() => undefined);

async function ended(): Promise<void> {
  await once(build, 'exit');
  if (build.exitCode !== 0) throw new Error('So there is no bot to show.');
}

const { runDemo } = await import('./run.ts');
await runDemo(built);
