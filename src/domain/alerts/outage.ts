import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { BastionHost, HostId } from '../hosts/host.ts';
import type { Silence } from './silence.ts';

/** A time in which one cause keeps several hosts silent; the subject of one card, which is theirs together. */
export interface Outage {
  readonly id: string;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  /** What its hosts have in common, as `causeOf` names it. */
  readonly cause: string;
  /** Why the last reading of one of them failed. */
  readonly failure: AzureFailure;
  /** When the first of its hosts fell silent. */
  readonly since: number;
  /** All that were part of it, in the order in which they joined. */
  readonly hosts: readonly OutageHost[];
  /** When it was stored last. */
  readonly changedAt: number;
  readonly state: OutageState;
}

export interface OutageHost {
  readonly hostId: HostId;
  readonly name: string;
  readonly silenceId: string;
  readonly since: number;
  /** How many sessions its last good reading showed. */
  readonly sessions: number;
  /** Since when it has another cause than the outage. */
  readonly otherSince?: number;
  /** When it was found to be part no more, and why. */
  readonly left?: { readonly at: number; readonly because: LeavingReason };
}

/** It answers again; another cause keeps it silent; or it is gone, no longer read, or of a kind without sessions. */
export type LeavingReason = 'read' | 'other-cause' | 'no-host';

export type OutageState = { readonly is: 'open' } | { readonly is: 'over'; readonly at: number };

const lastingStates: Readonly<Record<OutageState['is'], boolean>> = { open: true, over: false };

export function isLasting({ state }: Outage): boolean {
  return lastingStates[state.is];
}

/** Those that are silent still. */
export function silentHosts({ hosts }: Outage): readonly OutageHost[] {
  return hosts.filter(({ left }) => left === undefined);
}

/** How many that were part of it left for this reason. */
export function leftBecause({ hosts }: Outage, reason: LeavingReason): number {
  return hosts.filter(({ left }) => left?.because === reason).length;
}

/** A host that is silent, with what is told of that. */
export interface SilentHost {
  readonly host: BastionHost;
  readonly silence: Silence;
}

export interface Sights {
  readonly silent: readonly SilentHost[];
  /** Ids of the hosts whose last reading was good. */
  readonly answering: ReadonlySet<string>;
  /** Ids of the hosts of which it cannot be read now whether they are silent. */
  readonly unknown: ReadonlySet<string>;
  /** How many hosts there are of which Azure lists sessions. */
  readonly hosts: number;
  /** Those that last. */
  readonly outages: readonly Outage[];
}

export interface Gathering {
  readonly everyMs: number;
  readonly now: number;
  readonly newId: () => string;
}
