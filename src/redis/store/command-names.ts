import type { Redis } from 'ioredis';
import { isSlashCommand } from '../../domain/kit/slash-command.ts';
import type { CommandNames } from '../../ports/command-names.ts';
import { commandNameKey } from '../record/keys.ts';
import { reach } from '../record/reach.ts';

export function redisCommandNames({ redis }: { readonly redis: Redis }): CommandNames {
  const last = async () => {
    const name = await reach(redis.get(commandNameKey));
    return name !== null && isSlashCommand(name) ? name : undefined;
  };
  return {
    last,
    note: async (name) => {
      if ((await last()) !== name) await reach(redis.set(commandNameKey, name));
    },
  };
}
