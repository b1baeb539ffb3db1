import type { Unreadable } from './unreadable-record.ts';

export interface Records {
  /** Those that it has met, that cannot be read, and that are there still. */
  unreadable(): Promise<readonly Unreadable[]>;
}
