/** Until when Azure asked not to be called in a subscription; the same for all replicas, whatever their clocks. */
export interface Holds {
  /** A shorter one leaves a longer one as it is. */
  hold(subscriptionId: string, forMs: number): Promise<void>;
  leftMs(subscriptionId: string): Promise<number>;
}
