/** What is known of a record that cannot be read: which one and why, never a value in it. */
export interface Unreadable {
  readonly key: string;
  /** Short, the same on every replica, and in the log. */
  readonly reference: string;
  readonly why: string;
  /** When this process first met it. */
  readonly since: number;
}

/**
 * What is stored is not what this version of the bot writes: most likely a later one beside it wrote it. It is left
 * alone until it can be read.
 */
export class UnreadableRecord extends Error implements Unreadable {
  override readonly name = 'UnreadableRecord';
  readonly key: string;
  readonly reference: string;
  readonly why: string;
  readonly since: number;

  constructor({ key, reference, why, since }: Unreadable) {
    super(`The record ${key} cannot be read: ${why}.`);
    this.key = key;
    this.reference = reference;
    this.why = why;
    this.since = since;
  }
}

/** For whoever goes on without the record; every other error passes through. */
export function asUnreadable(error: unknown): UnreadableRecord {
  if (error instanceof UnreadableRecord) return error;
  throw error;
}
