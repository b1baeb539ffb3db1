import type { LogStanding } from '../domain/origins/log-standing.ts';

/** The asking of the audit log, over all replicas. */
export interface LogAsks {
  /** Whether it is the caller's to look whether something is to be asked: once in `forMs`. */
  takeTurn(forMs: number): Promise<boolean>;
  /** For whoever has the turn: it is nobody else's for so long from now on. */
  keepTurn(forMs: number): Promise<void>;
  note(standing: LogStanding): Promise<void>;
  /** Undefined before the first. */
  last(): Promise<LogStanding | undefined>;
}
