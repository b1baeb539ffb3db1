import type { AuditEntry } from '../domain/audit/entry.ts';

/** The record of refusals; transitions are appended by the save that makes them. */
export interface Audit {
  append(entry: AuditEntry): Promise<void>;
}
