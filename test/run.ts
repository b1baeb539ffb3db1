import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCertificate, namesBehindProxy } from './simulator/certificate.ts';
import { findBrowser } from './support/find-browser.ts';
import { ensureRedisServer } from './support/install-redis.ts';
import { patternsOf } from './suites.js';

// Jest is a process of its own because Node reads NODE_EXTRA_CA_CERTS and NODE_OPTIONS at its start only.
try {
  const [suite = '', ...others] = process.argv.slice(2);
  if (suite === 'quick') {
    process.env['BASTION_TEST_QUICK'] = 'yes';
    // None of these waits for anything but a core.
    process.exitCode = await runJest(['--maxWorkers=100%', ...patternsOf(suite), ...others]);
  } else {
    await ensureRedisServer();
    const wanted =
      suite === 'wire' || suite === 'chaos' ? [...patternsOf(suite), ...others] : process.argv.slice(2);
    process.exitCode = await runJest([...wanted, ...leftOut()]);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function runJest(args: readonly string[]): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-test-'));
  try {
    await makeCertificate(dir, Object.values(namesBehindProxy));
    const jest = spawn(process.execPath, [fileURLToPath(import.meta.resolve('jest/bin/jest')), ...args], {
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
        NODE_EXTRA_CA_CERTS: join(dir, 'cert.pem'),
        BASTION_TEST_CERTIFICATE_DIR: dir,
      },
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => jest.kill(signal));
    }
    return await new Promise((resolve, reject) => {
      jest.once('error', reject);
      jest.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Where there is no browser, the tests that need one; CI has to have one. */
function leftOut(): readonly string[] {
  if (findBrowser() !== undefined || process.env['CI']) return [];
  console.log('No Chromium here: the tests in test/page are left out. CHROMIUM_BIN can name one.');
  return ['--testPathIgnorePatterns=/test/page/'];
}
