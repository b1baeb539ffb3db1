import { spawn } from 'node:child_process';
import { once } from 'node:events';

// What `npm run demo` starts: the bot is built while everything else is loaded and started. npm has `tsc` on the path.
const build = spawn('tsc', ['-p', 'src', '--noCheck'], { stdio: 'inherit' });
const built = ended();
built.catch(() => undefined);

async function ended(): Promise<void> {
  await once(build, 'exit');
  if (build.exitCode !== 0) throw new Error('The bot could not be built: npm run types says why.');
}

const { runDemo } = await import('./run.ts');
await runDemo(built);
