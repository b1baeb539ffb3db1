import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isQuiet } from '../hosts/azure-failure.ts';
import type { HostId } from '../hosts/host.ts';
import { troubleOf } from '../hosts/host.ts';
import type { Policy } from '../policy/policy.ts';
import type { Snapshot } from '../sessions/snapshot.ts';

/** A time in which no reading of a host could be relied on; the subject of one card. */
export interface Blindness {
  readonly id: string;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  readonly hostId: HostId;
  readonly hostName: string;
  /** When the first of the failed readings began. */
  readonly since: number;
  /** When the last good reading before them began; absent where there was none. */
  readonly readAt?: number;
  /** How many sessions it showed: nobody knows what has become of them. */
  readonly sessions: number;
  /** Why the last reading failed. */
  readonly failure: AzureFailure;
  /** What Azure said of the host, where it is not as it should be: `Updating`, `Failed`, … */
  readonly provisioningState?: string;
  /** The outage that it is part of: that has the card, and this one has none, or says so. */
  readonly outageId?: string;
  /** Its card waits until then, for others that are silent for the same cause. */
  readonly tellsFrom?: number;
  readonly state: BlindnessState;
}

export type BlindnessState =
  | { readonly is: 'blind' }
  | { readonly is: 'seeing'; readonly readAt: number }
  /** Azure says that the host is gone. */
  | { readonly is: 'host-gone'; readonly at: number }
  /** The settings leave the host out. */
  | { readonly is: 'no-longer-watched'; readonly at: number }
  /** It is the nature of the host: nothing is missing. */
  | { readonly is: 'unsupported'; readonly at: number };

const lastingStates: Readonly<Record<BlindnessState['is'], boolean>> = {
  blind: true,
  seeing: false,
  'host-gone': false,
  'no-longer-watched': false,
  unsupported: false,
};

export function isBlind({ state }: Blindness): boolean {
  return lastingStates[state.is];
}

/** So long a card waits for others that are silent for the same cause. */
export const companyMs = 15_000;

/** So many polls in a row have to fail. */
const failedPolls = 3;

/** The host's blindness where this snapshot changes it; `current` is the one that its memory names. */
export function decideBlindness(
  { memory, verdict }: Snapshot,
  current: Blindness | undefined,
  policy: Policy,
  now: number,
  newId: () => string,
): Blindness | undefined {
  // It names one that cannot be read: another version of the bot looks after that.
  if (!current && memory.blindnessId !== undefined) return undefined;
  const open = current && isBlind(current) ? current : undefined;
  if (verdict === 'host-gone' || verdict === 'no-longer-watched') {
    return open && { ...open, state: { is: verdict, at: now } };
  }
  const { failing, host, readAt } = memory;
  if (!failing) {
    const isSeen = verdict === 'good' && readAt !== undefined;
    return isSeen ? open && { ...open, state: { is: 'seeing', readAt } } : undefined;
  }
  if (isQuiet(failing.failure)) {
    return open && { ...open, failure: failing.failure, state: { is: 'unsupported', at: now } };
  }
  const trouble = troubleOf(host);
  const why = { failure: failing.failure, ...(trouble !== undefined && { provisioningState: trouble }) };
  if (open) {
    const { failure, provisioningState, ...rest } = open;
    const isSame = failure.kind === why.failure.kind && provisioningState === trouble;
    return isSame ? undefined : { ...rest, ...why };
  }
  // Polls come a little early or late.
  const isLongEnough = now - failing.since >= (failedPolls - 1.5) * policy.polling.everyMs;
  if (!isLongEnough) return undefined;
  return {
    id: newId(),
    version: 0,
    hostId: host.id,
    hostName: host.name,
    since: failing.since,
    ...(readAt !== undefined && { readAt }),
    sessions: memory.watches.length,
    ...why,
    tellsFrom: now + companyMs,
    state: { is: 'blind' },
  };
}
