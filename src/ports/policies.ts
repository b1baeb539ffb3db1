/** Which policy each replica applies. Policies themselves stay where they are. */
export interface Policies {
  /** Notes which policy this replica applies, for some seconds, and says which those that live apply, this one included. */
  note(replica: string, digest: string): Promise<readonly PolicyInForce[]>;
  leave(replica: string): Promise<void>;
}

export interface PolicyInForce {
  readonly replica: string;
  readonly digest: string;
}
