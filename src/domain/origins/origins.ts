import type { Origin } from '../sessions/origin.ts';
import type { Connection } from './connection.ts';
import { connectionIndex } from './connection-index.ts';
import { findOrigin } from './find-origin.ts';
import type { Wanted } from './wanted.ts';

/** What is known now of who is behind a session, by its `ref`: a session that is not here is left as it is. */
export type Origins = ReadonlyMap<string, Origin | undefined>;

export interface Bystanders {
  readonly ids: ReadonlySet<string>;
  readonly now: number;
}

export function originsOn(
  wanted: readonly Wanted[],
  connections: readonly Connection[],
  { ids, now }: Bystanders,
): Origins {
  const index = connectionIndex(connections, ids);
  return new Map(wanted.map((one) => [one.ref, findOrigin(one, index, now)]));
}
