import { access, constants } from 'node:fs/promises';
import { CannotStart } from '../../ports/cannot-start.ts';
import { endsWell } from './child.ts';

/** In Debian's redis-tools: the whole server under another name, and no service that starts with it. */
const debianBinary = '/usr/bin/redis-check-rdb';

export class RedisServerMissing extends CannotStart {
  override readonly name = 'RedisServerMissing';

  constructor(wanted: string | undefined) {
    super(
      [
        wanted === undefined
          ? 'No Redis server was found on this machine.'
          : `REDIS_SERVER_BIN names ${wanted}, which does not run as a Redis server.`,
        'Debian and Ubuntu: apt-get install redis-tools',
        'macOS: brew install valkey',
        'Elsewhere: docker run -p 127.0.0.1:6379:6379 valkey/valkey and set REDIS_URL=redis://127.0.0.1:6379',
      ].join('\n'),
    );
  }
}

/** Throws RedisServerMissing, whose message says what to install. */
export async function findServerBinary(wanted?: string): Promise<string> {
  if (wanted !== undefined) {
    if (await runs(wanted)) return wanted;
    throw new RedisServerMissing(wanted);
  }
  const names = ['valkey-server', 'redis-server'];
  const there = await Promise.all(names.map(runs));
  const found = names.find((_, index) => there[index]);
  if (found !== undefined) return found;
  const hasDebianBinary = await access(debianBinary, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (hasDebianBinary) return debianBinary;
  throw new RedisServerMissing(undefined);
}

export async function runs(program: string): Promise<boolean> {
  return endsWell(program, ['--version']);
}
