/** What Slack delivers, perhaps twice, at two replicas or minutes later; `id` is the same in every copy. */
export interface Deliveries {
  /** Whether to answer it: no run has, and none is about to. One that is about to has so long, unless it renews that. */
  take(id: string, forMs: number): Promise<boolean>;
  /** Of what this process has taken: it has so long from now on. */
  renew(id: string, forMs: number): Promise<void>;
  settle(id: string): Promise<void>;
  /** What `run` stores with an audit entry marks the delivery in one step: no other run stores such a thing, and a copy gets the first answer. */
  once(id: string, run: () => Promise<string>): Promise<Delivered>;
}

export type Delivered =
  | { readonly is: 'answered'; readonly answer: string }
  /** It was done, and its answer is not known any more. */
  | { readonly is: 'done-before' };
