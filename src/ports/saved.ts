/** What became of a write that holds only if nobody else was faster: on a `conflict` nothing was written. */
export type Saved = 'saved' | 'conflict';
