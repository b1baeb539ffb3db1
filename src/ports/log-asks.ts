import type { LogStanding } from '../domain/origins/log-standing.ts';

/** The asking of the audit log, over all replicas. */
export interface LogAsks {
  /** Whether it is the caller's to look whether something is to be asked: once in `forMs`. */
  takeTurn(forMs: number): Promise<boolean>;
  note(standing: LogStanding): Promise<void>;
  /** Undefined before the first. */
  last(): Promise<LogStanding | undefined>;
}
