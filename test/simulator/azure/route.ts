import type { Reply } from './reply.ts';
import type { RequestKind } from './request-log.ts';
import type { World } from './world.ts';

export interface Route {
  readonly kind: RequestKind;
  readonly method: 'GET' | 'POST';
  /** Of the path; Resource Manager does not mind its case. */
  readonly pattern: RegExp;
  answer(world: World, parts: Parts, body: unknown, query: URLSearchParams): Promise<Reply> | Reply;
}

/** The named groups of the pattern. */
export type Parts = Readonly<Record<string, string>>;

export const subscription = '^/subscriptions/(?<sub>[^/]+)';
