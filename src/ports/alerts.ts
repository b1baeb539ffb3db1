import type { Alert } from '../domain/alerts/alert.ts';
import type { AuditEntry } from '../domain/audit/entry.ts';
import type { Saved } from './saved.ts';

/** What readings say of an alert is stored through `HostStates.save`, in one step with the host they come from. */
export interface Alerts {
  get(id: string): Promise<Alert | undefined>;
  many(ids: readonly string[]): Promise<readonly Alert[]>;
  /** If it is still at `alert.version`: in one step with its entry, `cardsOfAlert` and `wakesAt`. */
  save(alert: Alert, entry: AuditEntry): Promise<Saved>;
}
