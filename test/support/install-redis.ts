import { spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import { findServerBinary, RedisServerMissing, runs } from '../../src/redis/server/binary.ts';

/** Makes sure that this machine can start a Redis server, by installing one if need be. Says what it does; throws where it cannot. */
export async function ensureRedisServer(): Promise<void> {
  const missing = await whyMissing();
  if (!missing) return;
  const steps = process.env['REDIS_SERVER_BIN'] === undefined ? await installSteps() : undefined;
  if (!steps) throw missing;
  console.log(`No Redis server here: ${steps.map((step) => step.join(' ')).join(' && ')}`);
  for (const [program = '', ...args] of steps) spawnSync(program, args, { stdio: 'inherit' });
  const stillMissing = await whyMissing();
  if (stillMissing) throw stillMissing;
}

async function whyMissing(): Promise<RedisServerMissing | undefined> {
  try {
    await findServerBinary(process.env['REDIS_SERVER_BIN']);
    return undefined;
  } catch (error) {
    if (error instanceof RedisServerMissing) return error;
    throw error;
  }
}

async function installSteps(): Promise<string[][] | undefined> {
  if (process.platform === 'darwin' && (await runs('brew'))) return [['brew', 'install', 'valkey']];
  if (process.platform !== 'linux' || !(await runs('apt-get'))) return undefined;
  const sudo = await asRoot();
  return (
    sudo && [
      [...sudo, 'apt-get', 'update'],
      [...sudo, 'apt-get', 'install', '--yes', '--no-install-recommends', 'redis-tools'],
    ]
  );
}

/** What to write before a command so that it runs as root; undefined where nobody agrees to it. */
async function asRoot(): Promise<string[] | undefined> {
  if (process.getuid?.() === 0) return [];
  if (!(await runs('sudo'))) return undefined;
  if (!process.stdin.isTTY) return ['sudo', '--non-interactive'];
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    'No Redis server here. Install redis-tools with sudo apt-get? [Y/n] ',
  );
  terminal.close();
  return /^(y|yes)?$/i.test(answer.trim()) ? ['sudo'] : undefined;
}
