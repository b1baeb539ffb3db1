import { spawn } from 'node:child_process';

/** What needs no run of the code, at once: together they take as long as the longest. */
const checks = ['types', 'lint', 'format'];

interface Checked {
  readonly output: string;
  readonly isGood: boolean;
}

async function check(name: string): Promise<Checked> {
  const child = spawn('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { output: Buffer.concat(said).toString(), isGood: code === 0 };
}

const results = await Promise.all(checks.map(async (name) => ({ name, ...(await check(name)) })));
for (const { name, output, isGood } of results) {
  console.log(`${name}: ${isGood ? 'good' : 'not good'}\n${isGood ? '' : output}`.trimEnd());
}
if (results.some(({ isGood }) => !isGood)) process.exitCode = 1;
