import type { Snapshot } from './snapshot.ts';

/** Why a session is no longer followed although nobody saw it end. */
export type LostReason = 'host-gone' | 'unknown-too-long';

const unknownTooLongMs = 24 * 3_600_000;

/** Why the sessions of this host are given up, if they are. */
export function lostReason({ verdict, memory }: Snapshot, now: number): LostReason | undefined {
  if (verdict === 'host-gone') return 'host-gone';
  const isSilent = verdict === 'failed' && memory.readAt !== undefined;
  return isSilent && now - (memory.readAt ?? now) >= unknownTooLongMs ? 'unknown-too-long' : undefined;
}
