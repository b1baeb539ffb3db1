/** Until when Azure asked not to be called in a subscription; the same for all replicas, whatever their clocks. */
export interface Holds {
  hold(subscriptionId: string, forMs: number): Promise<void>;
  /** 0 where nothing is held. */
  leftMs(subscriptionId: string): Promise<number>;
}
