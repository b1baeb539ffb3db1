import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from '../simulator/certificate.ts';
import { ensureRedisServer } from '../support/install-redis.ts';
import type { Line } from './table.ts';
import { printTable } from './table.ts';

const parts = [
  'sessions',
  'list',
  'polls',
  'turns',
  'start',
  'page',
  'bombs',
  'origins',
  'outage',
  'hostile',
];

const asked = process.argv.slice(2);
const unknown = asked.filter((part) => !parts.includes(part));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')} to measure; there are ${parts.join(', ')}.`);
  process.exit(2);
}
try {
  await ensureRedisServer();
  await bench(asked.length > 0 ? asked : parts);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function bench(wanted: readonly string[]): Promise<void> {
  const [cpu] = cpus();
  console.log(
    `Node ${process.versions.node} on ${availableParallelism()} × ${cpu?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-bench-'));
  try {
    await makeCertificate(dir);
    const lines: Line[] = [];
    for (const part of wanted) {
      console.log(`measuring ${part} …`);
      lines.push(...(await measureApart(part, dir)));
    }
    printTable(lines);
    if (lines.some(({ isMet }) => isMet === false)) process.exitCode = 1;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** In a process of its own, which trusts the simulators from its start and owes nothing to the part before. */
async function measureApart(part: string, certificateDir: string): Promise<readonly Line[]> {
  const child = fork(join(import.meta.dirname, 'part.ts'), [part], {
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: join(certificateDir, 'cert.pem'),
      BASTION_TEST_CERTIFICATE_DIR: certificateDir,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('message', (lines: readonly Line[]) => resolve(lines));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`measuring ${part} ended with ${code}`)));
  });
}
