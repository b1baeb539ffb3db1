import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Scripts of package.json of which none needs what another does: they run at the same time. */
const checks = ['types', 'lint', 'format', 'build'];

async function passes(check: string): Promise<boolean> {
  const child = spawn('npm', ['run', '--silent', check], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const said = await Promise.all([text(child.stdout), text(child.stderr)]);
  const code = await ended;
  console.log([`${check}: ${code === 0 ? 'passed' : 'failed'}`, ...said].join('\n').trim());
  return code === 0;
}

const passed = await Promise.all(checks.map(passes));
process.exitCode = passed.includes(false) ? 1 : 0;
