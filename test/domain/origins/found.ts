import type { Connection } from '../../../src/domain/origins/connection.ts';
import { connectionIndex } from '../../../src/domain/origins/connection-index.ts';
import { findOrigin } from '../../../src/domain/origins/find-origin.ts';
import type { Sighted } from '../../../src/domain/origins/fit.ts';
import { aSession, noon } from '../../support/build.ts';

export const session = aSession({ vm: { name: 'vm-web-1', address: '10.0.0.4' } });

export function found(
  connections: readonly Connection[],
  changes: Partial<Sighted> = {},
  others: readonly string[] = [],
) {
  const sighted = { session, seenAt: noon, ...changes };
  return findOrigin(sighted, connectionIndex(connections, new Set(others)), noon);
}
