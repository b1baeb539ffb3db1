import type { Unreadable } from './unreadable-record.ts';

/** What this process knows of the records in the store as such. */
export interface Records {
  /** Those that it has met, that cannot be read, and that are there still. */
  unreadable(): Promise<readonly Unreadable[]>;
}
