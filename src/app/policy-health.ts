import type { PolicyInForce } from '../ports/policies.ts';

/** What `/readyz` says where replicas apply different policies; undefined where all apply this one. */
export function policyTrouble(inForce: readonly PolicyInForce[], own: string): string | undefined {
  const counts = new Map<string, number>();
  for (const { digest } of inForce) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  if ([...counts.keys()].every((digest) => digest === own)) return undefined;
  const said = [...counts]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([digest, count]) => `${count} by ${digest}${digest === own ? ' (this one)' : ''}`);
  return `replicas apply different policies: ${said.join(', ')}; what ends a session must be allowed by that of the click and by that of the call`;
}
