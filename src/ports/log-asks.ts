import type { LogStanding } from '../domain/origins/log-standing.ts';

export interface LogAsks {
  /** Whether it is the caller's to look whether something is to be asked: once in `forMs`. */
  takeTurn(forMs: number): Promise<boolean>;
  keepTurn(forMs: number): Promise<void>;
  note(standing: LogStanding): Promise<void>;
  last(): Promise<LogStanding | undefined>;
}
