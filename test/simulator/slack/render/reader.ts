/** Whoever looks at a message: names and times are shown as they see them. */
export interface Reader {
  readonly timeZone: string;
  /** Epoch milliseconds. */
  now(): number;
  /** How Slack names a person, a group or a channel to them. */
  nameOf(id: string): string | undefined;
}
