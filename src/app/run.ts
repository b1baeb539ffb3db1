import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startApp } from './compose.ts';
import type { EnvironmentResult } from '../config/env.ts';
import { readEnvironment } from '../config/env.ts';
import type { GoodPolicy } from '../config/file.ts';
import { readPolicy } from '../config/file.ts';
import { withdrawSecrets } from '../config/secrets.ts';
import { pinoLog } from '../ops/log.ts';
import { CannotStart } from '../ports/cannot-start.ts';

/** Kubernetes and Docker kill after 10 s. */
const stopWithinMs = 10_000;
/** A start that waits for somebody out of reach has nothing in flight. */
const startGoesOnForMs = 2000;

type GoodEnvironment = Extract<EnvironmentResult, { readonly ok: true }>;

/** Reads what it is told and runs until it is asked to stop, or says why it cannot: all there is to the process. */
export async function runProcess(): Promise<void> {
  const environment = readEnvironment(process.env);
  withdrawSecrets(process.env);
  const policyFile = environment.ok ? environment.settings.configFile : process.env['CONFIG_FILE'];
  const policy = readPolicy(policyFile ?? 'bastion-bot.yaml');
  if (environment.ok && policy.ok) return run(environment, policy);
  giveUp([...(environment.ok ? [] : environment.mistakes), ...(policy.ok ? [] : policy.mistakes)]);
}

async function run({ settings, warnings }: GoodEnvironment, policy: GoodPolicy): Promise<void> {
  const log = pinoLog({ level: settings.logLevel });
  // Nothing remote may end the process: what nobody caught is logged, and the sweep repairs what it left undone.
  process.on('unhandledRejection', (error) => {
    log.error({ error, reference: randomUUID() }, 'nobody caught a rejection');
  });
  // Whatever threw outside of any promise was cut off in the middle, so that what it left may be wrong.
  const broken = new Promise<{ readonly broken: string }>((resolve) => {
    process.on('uncaughtException', (error) => {
      const reference = randomUUID();
      log.error({ error, reference }, 'nobody caught an error');
      resolve({ broken: reference });
    });
  });
  for (const warning of warnings) log.warn({ warning }, 'the environment deserves a second look');
  for (const warning of policy.warnings) log.warn({ warning }, 'the policy deserves a second look');
  process.on('SIGHUP', () => log.info({}, 'SIGHUP changes nothing: the policy file is read at the start'));
  const stopAsked = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, resolve);
  });
  try {
    const app = startApp(settings, policy, log);
    const isReady = await Promise.race([
      app.ready.then(() => true),
      stopAsked.then(async () => pause(startGoesOnForMs, false)),
    ]);
    const because = await Promise.race([stopAsked, broken, app.lost.then((part) => ({ lost: part }))]);
    for (const again of ['SIGTERM', 'SIGINT'] as const) process.once(again, () => process.exit(1));
    log.info({ because }, 'stopping');
    const late = setTimeout(() => {
      log.error({}, 'did not stop in time');
      process.exit(1);
    }, stopWithinMs);
    await app.stop();
    clearTimeout(late);
    log.info({}, isReady ? 'stopped' : 'stopped before the start was over');
    // The supervisor starts the process again; the data of the private server is on disk.
    process.exit(typeof because === 'string' ? 0 : 1);
  } catch (error) {
    const reasons: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
    const inWords = reasons.filter((reason) => reason instanceof CannotStart);
    if (inWords.length > 0) giveUp(inWords.map(({ message }) => message));
    for (const reason of reasons) {
      if (reason instanceof CannotStart) continue;
      log.error({ error: reason, reference: randomUUID() }, 'could not start');
    }
    process.exit(1);
  }
}

function giveUp(mistakes: readonly string[]): void {
  const lines = mistakes.map((mistake) => `  - ${mistake.replaceAll('\n', '\n    ')}`);
  process.stderr.write(`Bastion Bot cannot start:\n${lines.join('\n')}\n`);
  process.exitCode = 1;
}
