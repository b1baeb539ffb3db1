import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { BastionHost, HostId } from '../hosts/host.ts';
import type { Silence } from './silence.ts';

/** A time in which one cause keeps several hosts silent; the subject of one card, which is theirs together. */
export interface Outage {
  readonly id: string;
  readonly version: number;
  readonly cause: string;
  readonly failure: AzureFailure;
  readonly since: number;
  readonly hosts: readonly OutageHost[];
  readonly changedAt: number;
  readonly state: OutageState;
}

export interface OutageHost {
  readonly hostId: HostId;
  readonly name: string;
  readonly silenceId: string;
  readonly since: number;
  readonly sessions: number;
  readonly otherSince?: number;
  readonly left?: { readonly at: number; readonly because: LeavingReason };
}

/** It answers again; another cause keeps it silent; or it is gone, no longer read, or of a kind without sessions. */
export type LeavingReason = 'read' | 'other-cause' | 'no-host';

export type OutageState = { readonly is: 'open' } | { readonly is: 'over'; readonly at: number };

const lastingStates: Readonly<Record<OutageState['is'], boolean>> = { open: true, over: false };

export function isLasting({ state }: Outage): boolean {
  return lastingStates[state.is];
}

export function silentHosts({ hosts }: Outage): readonly OutageHost[] {
  return hosts.filter(({ left }) => left === undefined);
}

export function leftBecause({ hosts }: Outage, reason: LeavingReason): number {
  return hosts.filter(({ left }) => left?.because === reason).length;
}

export interface SilentHost {
  readonly host: BastionHost;
  readonly silence: Silence;
}

export interface Sights {
  readonly silent: readonly SilentHost[];
  readonly answering: ReadonlySet<string>;
  /** Ids of the hosts of which it cannot be read now whether they are silent. */
  readonly unknown: ReadonlySet<string>;
  readonly hosts: number;
  readonly outages: readonly Outage[];
}

export interface Gathering {
  readonly everyMs: number;
  readonly now: number;
  readonly newId: () => string;
}
