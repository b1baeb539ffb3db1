import type { AuditEntry } from '../domain/audit/entry.ts';
import type { DisconnectRequest, Member } from '../domain/requests/request.ts';
import type { Saved } from './saved.ts';

export interface Requests {
  get(id: string): Promise<DisconnectRequest | undefined>;
  /** Those that are there, in this order, as they are at one moment; throws UnreadableRecord where one cannot be read. */
  many(ids: readonly string[]): Promise<readonly DisconnectRequest[]>;
  /** Those to which something will still happen and that can be read, in no order. */
  unsettled(): Promise<readonly DisconnectRequest[]>;
  /** The open request of this session, if it has one, however its start was refined since. */
  openOf(claimed: SessionClaim): Promise<DisconnectRequest | undefined>;
  /** In one step with its entry and its cards; its session's open request instead, or how many are open where that is `mostOpenCards`. */
  open(request: DisconnectRequest, entry: AuditEntry): Promise<Opened>;
  /** If it is still at `request.version`: in one step with its entry, `changedCardsOfRequest` and `nextStepAt`. A settled one frees its session. */
  save(request: DisconnectRequest, entry: AuditEntry): Promise<Saved>;
  saveAll(changes: readonly RequestChange[]): Promise<Saved>;
  /** Stores what was found out about its session meanwhile: one version on and with all its cards, but without an entry. */
  refine(request: DisconnectRequest, now: number): Promise<Saved>;
  /** Stores a request at the version at which it is: nothing has changed but the moment of its next step, if any. */
  postpone(request: DisconnectRequest): Promise<Saved>;
  /** Counts one disconnect against the hourly limit, once per request; false when the hour is full. */
  takeSlot(requestId: string, maxPerHour: number, now: number): Promise<boolean>;
  freeSlot(requestId: string): Promise<void>;
}

export interface RequestChange {
  readonly request: DisconnectRequest;
  readonly entry: AuditEntry;
}

/** What a tracked session, an alert and a request name their session by; a request for a tunnel, all of its sessions. */
export interface SessionClaim extends Member {
  readonly others?: readonly Member[];
}

export type Opened =
  | { readonly opened: true }
  | { readonly opened: false; readonly existing: DisconnectRequest }
  | { readonly opened: false; readonly openCards: number };
