import type { AzureFailure } from '../hosts/azure-failure.ts';
import type { HostId } from '../hosts/host.ts';
import type { Session } from './session.ts';

export interface Reading {
  readonly hostId: HostId;
  /** Taken from the store before the request went out: orders readings where clocks cannot. */
  readonly counter: number;
  /** When the request went out: everything it shows was so at this moment or later. */
  readonly begunAt: number;
  readonly result: ReadingResult;
}

export type ReadingResult =
  | { readonly ok: true; readonly sessions: readonly Session[] }
  | { readonly ok: false; readonly failure: AzureFailure };
