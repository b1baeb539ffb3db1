import type { Connection } from '../domain/origins/connection.ts';
import type { LogProblem } from '../domain/origins/log-standing.ts';
import type { HostId } from '../domain/hosts/host.ts';

/** The audit log of the Bastion hosts: who connected, and from where. Minutes late, and not always. */
export interface ConnectionLog {
  /** False where the settings name no log: nobody is asked then. */
  readonly isSet: boolean;
  connections(question: LogQuestion): Promise<LogAnswer>;
}

export interface LogQuestion {
  readonly hostIds: readonly HostId[];
  /** Connections that began within one of these are asked for; the answer may hold others. */
  readonly periods: readonly Period[];
}

export interface Period {
  readonly from: number;
  readonly until: number;
}

export interface LogAnswer {
  readonly connections: readonly Connection[];
  /** The hosts of which every such connection that the log has is here: of the others nothing follows from what is missing. */
  readonly covered: readonly HostId[];
  readonly problem?: LogProblem;
  /** The hosts that were not asked about: for now the service allows no more, or it took long. They come first next time. */
  readonly unasked?: readonly HostId[];
}
