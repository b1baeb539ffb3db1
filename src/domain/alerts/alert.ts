import type { HostId } from '../hosts/host.ts';
import type { LostReason } from '../sessions/lost.ts';
import type { Session } from '../sessions/session.ts';
import type { AlertStep, Handling } from './handling.ts';

/** A session that has been open longer than its rule allows; the subject of one card. */
export interface Alert {
  readonly id: string;
  /** Compare-and-set: 0 before the first save. */
  readonly version: number;
  /** The watch it was raised for. */
  readonly ref: string;
  readonly session: Session;
  readonly hostId: HostId;
  readonly hostName: string;
  readonly rule: { readonly name: string; readonly warnAfterMs: number };
  readonly raisedAt: number;
  /** When the reading began that last showed the session open, as far as this alert has said. */
  readonly seenAt: number;
  readonly state: AlertState;
  readonly handling: Handling;
  /** The latest, oldest first. */
  readonly steps: readonly AlertStep[];
}

export type AlertState =
  | { readonly is: 'open' }
  /** Raised from an old reading: the host has not answered since `seenAt`. */
  | { readonly is: 'unconfirmed' }
  /** `checkedAt`: the reading that no longer showed the session. */
  | { readonly is: 'ended'; readonly checkedAt: number }
  | { readonly is: 'lost'; readonly at: number; readonly why: LostReason };

const openStates: Readonly<Record<AlertState['is'], boolean>> = {
  open: true,
  unconfirmed: true,
  ended: false,
  lost: false,
};

export function isOpen({ state }: Alert): boolean {
  return openStates[state.is];
}
