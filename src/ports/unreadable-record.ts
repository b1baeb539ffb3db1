/** What is known of a record that cannot be read: which one and why, never a value in it. */
export interface Unreadable {
  readonly key: string;
  /** Short, the same on every replica, and in the log. */
  readonly reference: string;
  readonly why: string;
  readonly since: number;
}

/** Most likely a later version beside this one wrote it: it is left alone until it can be read. */
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

export function asUnreadable(error: unknown): UnreadableRecord {
  if (error instanceof UnreadableRecord) return error;
  throw error;
}
