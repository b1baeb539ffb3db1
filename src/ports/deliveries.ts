/** What Slack delivers, which may arrive at two replicas. */
export interface Deliveries {
  /** Whether nobody has taken it before; `id` is Slack's name for what somebody did, the same in every copy. */
  take(id: string): Promise<boolean>;
}
