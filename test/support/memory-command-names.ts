import type { CommandNames } from '../../src/ports/command-names.ts';

/** The contract of the Redis store without Redis. */
export function memoryCommandNames(): CommandNames {
  let last: string | undefined;
  return {
    last: async () => last,
    note: async (name) => {
      last = name;
    },
  };
}
