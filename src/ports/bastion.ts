import type { AzureFailure } from '../domain/hosts/azure-failure.ts';
import type { Discovery } from '../domain/hosts/host.ts';
import type { BastionHost } from '../domain/hosts/host.ts';
import type { ReadingResult } from '../domain/sessions/reading.ts';

/** Azure Bastion, as the worker and the people who press Refresh need it. Failures are values; it never throws for what Azure answers. */
export interface Bastion {
  discoverHosts(haste: Haste): Promise<Discovery>;
  /** Every session of the host, or why that cannot be said. Never an empty list for an answer not understood. */
  readSessions(host: BastionHost, haste: Haste): Promise<ReadingResult>;
  /** Asks once, with no retry: the caller has made sure that nobody else calls. At most `idsInACall`, none of them empty. */
  disconnect(host: BastionHost, sessionIds: readonly string[]): Promise<DisconnectAnswer>;
}

/** `waiting`: somebody looks at the screen. `background`: Azure's own pace. */
export type Haste = 'waiting' | 'background';

/** `state` is Azure's word for it, or its words for several; only a reading proves it. `nothingDone`: the call never left, or was turned away. */
export type DisconnectAnswer =
  | { readonly ok: true; readonly state: string }
  | { readonly ok: false; readonly failure: AzureFailure; readonly nothingDone: boolean };
