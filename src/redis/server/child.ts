import type { ChildProcessByStdio } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';

/** The rest of the environment holds tokens, and is not for children. */
const passedOn = /^(PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+)$/;

function bareEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.test(name)));
}

export async function endsWell(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 5000, env: bareEnvironment() }, (error) => resolve(error === null));
  });
}

/** The shell sets the mask for the child alone, and becomes the program, which goes on ignoring hangups: this process's mask would be every child's. */
const guarded = `umask 077; trap '' HUP; exec "$@"`;

/** Its files are this user's alone, no hangup ends it, and Ctrl-C is for the bot, which still writes while it stops. */
export function startChild(command: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  return spawn('/bin/sh', ['-c', guarded, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: bareEnvironment(),
  });
}
