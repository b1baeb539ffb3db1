import type { HostId } from '../hosts/host.ts';
import type { LostReason } from '../sessions/lost.ts';
import type { Session } from '../sessions/session.ts';
import type { AlertStep, Handling } from './handling.ts';

/** A session that has been open longer than its rule allows; the subject of one card. */
export interface Alert {
  readonly id: string;
  readonly version: number;
  readonly ref: string;
  readonly session: Session;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly rule: Limit;
  readonly alike?: number;
  readonly raisedAt: number;
  /** When the reading began that last showed the session open, as far as this alert has said. */
  readonly seenAt: number;
  readonly state: AlertState;
  readonly handling: Handling;
  readonly steps: readonly AlertStep[];
}

export interface Limit {
  readonly name: string;
  readonly warnAfterMs: number;
}

export type AlertState =
  | { readonly is: 'open' }
  /** Raised from an old reading: the host has not answered since `seenAt`. */
  | { readonly is: 'unconfirmed' }
  | { readonly is: 'ended'; readonly checkedAt: number }
  | { readonly is: 'lost'; readonly at: number; readonly why: LostReason }
  /** The rules have changed: none limits the session any more, or it is within the limit of another one. */
  | { readonly is: 'lifted'; readonly at: number; readonly limit?: Limit };

const openStates: Readonly<Record<AlertState['is'], boolean>> = {
  open: true,
  unconfirmed: true,
  ended: false,
  lost: false,
  lifted: false,
};

export function isOpen({ state }: Alert): boolean {
  return openStates[state.is];
}
