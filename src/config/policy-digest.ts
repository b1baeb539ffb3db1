import { createHash } from 'node:crypto';
import type { Policy } from '../domain/policy/policy.ts';

/** The same for the same policy, however its file is written; short enough to be read out. */
export function policyDigest(policy: Policy): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(policy)))
    .digest('hex')
    .slice(0, 12);
}

/** The order of fields means nothing, that of a list does. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(fields.map(([name, field]) => [name, sorted(field)]));
}
