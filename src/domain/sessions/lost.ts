import type { Snapshot } from './snapshot.ts';

/** Why a session is no longer followed although nobody saw it end. `no-longer-polled`: its host was taken out of the settings. */
export type LostReason = 'host-gone' | 'unknown-too-long' | 'no-longer-polled';

/** So long a host is tried in vain; a day in which the bot was off says nothing of anybody. */
const unknownTooLongMs = 24 * 3_600_000;

export function lostReason({ verdict, hostState }: Snapshot): LostReason | undefined {
  switch (verdict) {
    case 'host-gone':
    case 'no-longer-polled':
      return verdict;
    case 'failed': {
      const { readAt, failing } = hostState;
      const isTooLong = (failing?.triedForMs ?? 0) >= unknownTooLongMs;
      return readAt !== undefined && isTooLong ? 'unknown-too-long' : undefined;
    }
    case 'good':
    case 'doubtful':
    case 'outdated':
      return undefined;
  }
}

export function forgetsHost(why: LostReason | undefined): boolean {
  return why !== undefined && hostReasons[why];
}

const hostReasons: Readonly<Record<LostReason, boolean>> = {
  'host-gone': true,
  'no-longer-polled': true,
  'unknown-too-long': false,
};
