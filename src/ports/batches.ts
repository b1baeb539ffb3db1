import type { AuditEntry } from '../domain/audit/entry.ts';
import type { Batch } from '../domain/requests/batch.ts';
import type { DisconnectRequest } from '../domain/requests/request.ts';

export interface Batches {
  get(id: string): Promise<Batch | undefined>;
  /** In one step, each as `Requests.open` does. A member whose session has an open request is left out; with none left nothing is stored. */
  open(batch: Omit<Batch, 'requestIds'>, members: readonly NewMember[]): Promise<BatchOpened>;
}

export interface NewMember {
  readonly request: DisconnectRequest;
  readonly entry: AuditEntry;
}

export interface BatchOpened {
  readonly members: readonly DisconnectRequest[];
  readonly existing: readonly DisconnectRequest[];
  /** How many cards of the requester wait for a decision, where that leaves no room for one more. */
  readonly openCards?: number;
}
