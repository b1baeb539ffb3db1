/** By which policy each replica judges. Policies themselves stay where they are. */
export interface Policies {
  /** Notes what this replica judges by, for some seconds, and says what all that live judge by, this one included. */
  note(replica: string, digest: string): Promise<readonly PolicyInForce[]>;
  /** This replica stops. */
  leave(replica: string): Promise<void>;
}

export interface PolicyInForce {
  readonly replica: string;
  readonly digest: string;
}
