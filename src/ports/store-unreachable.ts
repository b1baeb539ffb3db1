/** The store did not answer in time: nothing is known of whether a write was taken. Trying again may help. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
  readonly retryable = true;
}
