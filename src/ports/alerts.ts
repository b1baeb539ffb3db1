import type { Alert } from '../domain/alerts/alert.ts';
import type { AuditEntry } from '../domain/audit/entry.ts';
import type { Saved } from './saved.ts';

/** What readings say of an alert is stored through `HostStates.save`, in one step with the host they come from. */
export interface Alerts {
  get(id: string): Promise<Alert | undefined>;
  /** Those that are there and can be read. */
  many(ids: readonly string[]): Promise<readonly Alert[]>;
  /**
   * Stores what people made of it if it is still at `alert.version`, in one step with its entry, the cards it makes
   * due (`cardsOfAlert`) and the moment at which it wakes (`wakesAt`).
   */
  save(alert: Alert, entry: AuditEntry): Promise<Saved>;
}
