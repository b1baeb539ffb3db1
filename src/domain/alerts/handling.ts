import type { UserId } from '../people/person.ts';

/** What people have made of an open alert: beside whether its session is open, which only readings say. */
export type Handling =
  | { readonly is: 'unattended' }
  | ({ readonly is: 'acknowledged' } & Acknowledgement)
  | ({ readonly is: 'snoozed' } & Snooze)
  /** The snooze ended by itself with the session still open: somebody has to look again. */
  | ({ readonly is: 'woken' } & Snooze);

export interface Acknowledgement {
  readonly by: UserId;
  readonly at: number;
}

export interface Snooze {
  readonly by: UserId;
  readonly at: number;
  readonly until: number;
  readonly reason: string;
  /** Stands again when somebody ends the snooze. */
  readonly acknowledged?: Acknowledgement;
}

export type AlertStep =
  | {
      readonly did: 'acknowledged' | 'unacknowledged' | 'unsnoozed';
      readonly by: UserId;
      readonly at: number;
    }
  | {
      readonly did: 'snoozed';
      readonly by: UserId;
      readonly at: number;
      readonly until: number;
      readonly reason: string;
    }
  | { readonly did: 'woken'; readonly at: number };
