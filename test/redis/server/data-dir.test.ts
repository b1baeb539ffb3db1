import { execFileSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Redis } from 'ioredis';
import { DataDirInUse } from '../../../src/redis/server/data-lock.ts';
import { DataDirOwnerUnknown } from '../../../src/redis/server/owner-file.ts';
import type { EmbeddedRedis } from '../../../src/redis/server/private-server.ts';
import { startEmbeddedRedis } from '../../../src/redis/server/private-server.ts';
import { serverAt } from '../../../src/redis/server/running-server.ts';
import { keepingLog } from '../../support/log.ts';

const { PATH } = process.env;
/** As no process has it. */
const deadPid = 2 ** 30;

describe('a data directory in which nothing is believed', () => {
  let dir: string;
  let dataDir: string;
  const running: EmbeddedRedis[] = [];

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'bb-'));
    dataDir = join(dir, 'data');
    await Promise.all(['data', 'bin', 'other'].map(async (name) => mkdir(join(dir, name))));
    await symlink('/usr/bin/redis-check-rdb', join(dir, 'bin', 'redis-server'));
  });
  afterEach(async () => {
    process.env['PATH'] = PATH;
    await Promise.all(running.splice(0).map(async (server) => server.stop()));
    await rm(dir, { recursive: true, force: true });
  });

  async function start(at = dataDir): Promise<EmbeddedRedis> {
    const server = await startEmbeddedRedis({ dataDir: at, runtimeDir: dir, log: keepingLog().log });
    running.push(server);
    return server;
  }
  const withoutUtilLinux = () => {
    process.env['PATH'] = join(dir, 'bin');
  };
  const owner = async (content: unknown) =>
    writeFile(join(dataDir, 'owner.json'), typeof content === 'string' ? content : JSON.stringify(content));
  const socketOf = ({ url }: EmbeddedRedis) => url.slice('unix://'.length);

  describe('where no kernel keeps the lock', () => {
    beforeEach(withoutUtilLinux);

    it('starts over what a killed bot left, and removes its folder', async () => {
      const left = await mkdtemp(join(dir, 'bastion-bot-'));
      await owner({ pid: deadPid, socket: join(left, 'redis.sock') });
      const server = await start();
      await expect(stat(left)).rejects.toThrow('ENOENT');
      const { mode } = await stat(join(dataDir, 'owner.json'));
      expect(mode & 0o777).toBe(0o600);
      expect(await serverAt(socketOf(server), dataDir, dir)).toEqual({ is: 'running' });
    });

    it('knows its own server of before, though the pid is alive again', async () => {
      await owner({ pid: process.pid, socket: join(dir, 'bastion-bot-abcdef', 'redis.sock') });
      await start();
      await expect(start()).rejects.toThrow(DataDirInUse);
    });

    it.each([
      ['of another name', 'important', 0o700],
      ['that others may enter', 'bastion-bot-abcdef', 0o755],
    ])('removes no folder %s, and does not start', async (_, name, mode) => {
      const folder = join(dir, name);
      await mkdir(folder);
      await chmod(folder, mode);
      await writeFile(join(folder, 'redis.sock'), 'kept');
      await owner({ pid: deadPid, socket: join(folder, 'redis.sock') });
      await expect(start()).rejects.toThrow(DataDirOwnerUnknown);
      expect(await readFile(join(folder, 'redis.sock'), 'utf8')).toBe('kept');
    });

    it('removes no folder that lies elsewhere, that a link leads to or that dots lead to', async () => {
      const folder = join(dir, 'other', 'bastion-bot-abcdef');
      await mkdir(folder, { mode: 0o700 });
      await writeFile(join(folder, 'redis.sock'), 'kept');
      await symlink(folder, join(dir, 'bastion-bot-linked'));
      for (const named of [
        'other/bastion-bot-abcdef',
        'bastion-bot-linked',
        'bin/../other/bastion-bot-abcdef',
      ]) {
        await owner({ pid: deadPid, socket: `${dir}/${named}/redis.sock` });
        await expect(start()).rejects.toThrow(DataDirOwnerUnknown);
      }
      expect(await readFile(join(folder, 'redis.sock'), 'utf8')).toBe('kept');
    });

    it('stops no server of other data, and does not start', async () => {
      const other = await start(join(dir, 'other'));
      await owner({ pid: deadPid, socket: socketOf(other) });
      await expect(start()).rejects.toThrow(DataDirOwnerUnknown);
      const redis = new Redis(socketOf(other));
      expect(await redis.ping()).toBe('PONG');
      redis.disconnect();
    });

    it('empties its own folder only, whatever else is in there', async () => {
      const left = await mkdtemp(join(dir, 'bastion-bot-'));
      await writeFile(join(left, 'important'), 'kept');
      await owner({ pid: deadPid, socket: join(left, 'redis.sock') });
      await start();
      expect(await readFile(join(left, 'important'), 'utf8')).toBe('kept');
    });

    it.each(['', 'nonsense', '[]', '{"pid":"1","socket":3}', 'x'.repeat(5000)])(
      'does not start beside an owner that it cannot read: %.20s',
      async (content) => {
        await owner(content);
        await expect(start()).rejects.toThrow(/owner\.json .*remove this file and start again/);
      },
    );

    it('does not start where the owner is a pipe, a folder or a link', async () => {
      const file = join(dataDir, 'owner.json');
      execFileSync('/usr/bin/mkfifo', [file]);
      await expect(start()).rejects.toThrow(/is no file/);
      await rm(file);
      await mkdir(file);
      await expect(start()).rejects.toThrow(/is no file/);
      await rm(file, { recursive: true });
      await symlink('/etc/passwd', file);
      await expect(start()).rejects.toThrow(/is a link/);
    });
  });

  it('takes no lock on a pipe, on a folder or through a link', async () => {
    const file = join(dataDir, 'lock');
    execFileSync('mkfifo', [file]);
    await expect(start()).rejects.toThrow(/lock is no file/);
    await rm(file);
    await mkdir(file);
    await expect(start()).rejects.toThrow(/lock (?:is no file|cannot be opened)/);
    await rm(file, { recursive: true });
    await symlink(join(dir, 'elsewhere'), file);
    await expect(start()).rejects.toThrow(/lock is a link/);
    await expect(stat(join(dir, 'elsewhere'))).rejects.toThrow('ENOENT');
  });

  it('may be a link, and is the folder that this led to at the start', async () => {
    const link = join(dir, 'link');
    await symlink(dataDir, link);
    const server = await start(link);
    expect(await serverAt(socketOf(server), dataDir, dir)).toMatchObject({ is: 'running' });
  });

  it('belongs to nobody else', async () => {
    const { getuid } = process;
    const { uid } = await stat(dataDir);
    // Root's is everybody's, and who runs the tests may be root: the folder is given away, or the process another.
    if (uid === 0) await chown(dataDir, 4712, 4712);
    else process.getuid = () => 4711;
    try {
      await expect(start()).rejects.toThrow(/belongs to another user/);
    } finally {
      if (getuid) process.getuid = getuid;
    }
  });
});
