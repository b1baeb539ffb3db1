import type { AzureFailure } from '../hosts/azure-failure.ts';
import { isQuiet } from '../hosts/azure-failure.ts';
import type { HostId } from '../hosts/host.ts';
import { troubleOf } from '../hosts/host.ts';
import type { Policy } from '../policy/policy.ts';
import type { Snapshot } from '../sessions/snapshot.ts';

/** A time in which no reading of a host could be relied on; the subject of one card. */
export interface Silence {
  readonly id: string;
  readonly version: number;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly since: number;
  readonly readAt?: number;
  readonly sessions: number;
  readonly failure: AzureFailure;
  /** What Azure said of the host, where it is not as it should be: `Updating`, `Failed`, … */
  readonly provisioningState?: string;
  /** The outage that it is part of: that has the card, and this one has none, or says so. */
  readonly outageId?: string;
  /** Its card waits until then, for others that are silent for the same cause. */
  readonly tellsFrom?: number;
  readonly state: SilenceState;
}

export type SilenceState =
  | { readonly is: 'no-data' }
  | { readonly is: 'data-again'; readonly readAt: number }
  | { readonly is: 'host-gone'; readonly at: number }
  | { readonly is: 'no-longer-polled'; readonly at: number }
  | { readonly is: 'unsupported'; readonly at: number };

const lastingStates: Readonly<Record<SilenceState['is'], boolean>> = {
  'no-data': true,
  'data-again': false,
  'host-gone': false,
  'no-longer-polled': false,
  unsupported: false,
};

export function isSilent({ state }: Silence): boolean {
  return lastingStates[state.is];
}

/** So long a card waits for others that are silent for the same cause. */
export const companyMs = 15_000;

const failedPolls = 3;

export function decideSilence(
  { hostState, verdict }: Snapshot,
  current: Silence | undefined,
  { policy, now, newId }: { readonly policy: Policy; readonly now: number; readonly newId: () => string },
): Silence | undefined {
  // It names one that cannot be read: another version of the bot looks after that.
  if (!current && hostState.silenceId !== undefined) return undefined;
  const open = current && isSilent(current) ? current : undefined;
  if (verdict === 'host-gone' || verdict === 'no-longer-polled') {
    return open && { ...open, state: { is: verdict, at: now } };
  }
  const { failing, host, readAt } = hostState;
  if (!failing) {
    const isSeen = verdict === 'good' && readAt !== undefined;
    return isSeen ? open && { ...open, state: { is: 'data-again', readAt } } : undefined;
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
  const isLongEnough = now - failing.since >= (failedPolls - 1.5) * policy.polling.everyMs;
  if (!isLongEnough) return undefined;
  return {
    id: newId(),
    version: 0,
    hostId: host.id,
    hostName: host.name,
    since: failing.since,
    ...(readAt !== undefined && { readAt }),
    sessions: hostState.trackedSessions.length,
    ...why,
    tellsFrom: now + companyMs,
    state: { is: 'no-data' },
  };
}
