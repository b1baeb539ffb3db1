import type { AuditEntry } from '../domain/audit/entry.ts';

/** The record of refusals; transitions are appended by the save that makes them. */
export interface Audit {
  append(entry: AuditEntry): Promise<void>;
  /** The first of its `refusalKind` at once; those within a minute after it are counted, and put on record as one. False where only counted. */
  refuse(entry: AuditEntry): Promise<boolean>;
  /** Puts on record what was counted and whose minute is over, each once however many ask; returns these entries. */
  sumRefusals(now: number): Promise<readonly AuditEntry[]>;
}
