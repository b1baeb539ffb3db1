import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import {
  appendFile,
  chmod,
  cp,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** A checkout as small as can be, with the launcher of this one: its program prints what it was built from. */
export interface Sample {
  readonly root: string;
  readonly dist: string;
  /** Changes the source. */
  says(words: string): Promise<void>;
  write(file: string, content: string): Promise<void>;
  start(script?: string): Running;
  /** Lets no build from now on go further than its begin, until it is let go. */
  holdBuild(): Promise<HeldBuild>;
  /** Lets nobody write to it, or everybody who could before. */
  lock(isLocked: boolean): Promise<void>;
  /** What lies among the builds. */
  builds(): Promise<readonly string[]>;
  append(file: string, content: string): Promise<void>;
  /** What tells one build, and one link to it, from the next with the same content. */
  identity(): Promise<{ readonly link: readonly number[]; readonly build: readonly number[] }>;
  discard(): Promise<void>;
}

export interface HeldBuild {
  readonly isBegun: () => boolean;
  readonly letGo: () => Promise<void>;
}

export interface Running {
  /** So far. */
  readonly errors: () => string;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Outcome>;
}

export async function makeSample(): Promise<Sample> {
  const dir = await mkdtemp(join(tmpdir(), 'bastion-bot-launch-'));
  const dist = join(dir, 'dist');
  const builds = join(dir, '.builds');
  const write = async (file: string, content: string) => writeFile(join(dir, file), content);
  const says = async (words: string) =>
    write('src/main.ts', `const words: string = '${words}';\nprocess.stdout.write(words);\n`);
  await mkdir(join(dir, 'src'));
  await mkdir(join(dir, 'node_modules'));
  for (const name of ['esbuild', 'zod']) {
    await symlink(join(root, 'node_modules', name), join(dir, 'node_modules', name));
  }
  await cp(join(root, 'launch'), join(dir, 'launch'), { recursive: true });
  await write('package.json', JSON.stringify({ type: 'module', dependencies: { zod: '*' } }));
  await write('package-lock.json', '{"packages":{}}');
  await write('tsconfig.json', '{}');
  await says('one');
  return {
    root: dir,
    dist,
    says,
    write,
    append: async (file, content) => appendFile(join(dir, file), content),
    start: (script = 'launch/start.js') => run(dir, script),
    holdBuild: async () => {
      await appendFile(join(dir, 'launch/bundle.js'), held);
      return {
        isBegun: () => existsSync(join(dir, 'begun')),
        letGo: async () => write('go', ''),
      };
    },
    lock: async (isLocked) => {
      for (const folder of [dir, builds]) await chmod(folder, isLocked ? 0o555 : 0o755);
    },
    builds: async () => {
      const names: string[] = await readdir(builds).catch(() => []);
      return names.sort();
    },
    identity: async () => {
      const [link, main] = await Promise.all([lstat(dist), stat(join(dist, 'main.js'))]);
      return { link: [link.ino, link.mtimeMs], build: [main.ino, main.mtimeMs] };
    },
    discard: async () => rm(dir, { recursive: true, force: true }),
  };
}

/** What builds is loaded for a build only, and by nothing else. */
const held = `
import { existsSync, writeFileSync } from 'node:fs';
writeFileSync('begun', '');
while (!existsSync('go')) await new Promise((resolve) => setTimeout(resolve, 5));
`;

function run(cwd: string, script: string): Running {
  const isLocked = (statSync(cwd).mode & 0o200) === 0;
  // Somebody whom a locked folder keeps out, as it does not root.
  const nobody = process.getuid?.() === 0 && isLocked ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn(process.execPath, [script], {
    cwd,
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...nobody,
  });
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  return {
    errors: () => errors,
    kill: (signal) => void child.kill(signal),
    ended: new Promise((settle) => child.once('close', (code) => settle({ code, output, errors }))),
  };
}
