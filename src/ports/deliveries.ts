/**
 * What Slack delivers, which may arrive twice: at two replicas at once, or minutes later. `id` is Slack's name for
 * what somebody did, the same in every copy.
 */
export interface Deliveries {
  /** Whether to answer it: nobody has, and nobody is about to. Whoever is about to has so long, unless they renew it. */
  take(id: string, forMs: number): Promise<boolean>;
  /** Of what this process has taken: it has so long from now on. */
  renew(id: string, forMs: number): Promise<void>;
  /** It is answered. */
  settle(id: string): Promise<void>;
  /**
   * Runs what a delivery asks for; `run` resolves with its answer. What it stores together with an audit entry marks
   * the delivery in the same step: from then on no other run of the same stores such a thing. A copy gets the answer of
   * the first. A run that is cut off before it has stored anything leaves nothing behind.
   */
  once(id: string, run: () => Promise<string>): Promise<Delivered>;
}

export type Delivered =
  | { readonly is: 'answered'; readonly answer: string }
  /** It was done, and its answer is not known any more. */
  | { readonly is: 'done-before' };
