import type { Alert } from '../../src/domain/alerts/alert.ts';
import { wakesAt } from '../../src/domain/alerts/wake.ts';
import type { Outage } from '../../src/domain/alerts/outage.ts';
import { isLasting } from '../../src/domain/alerts/outage.ts';
import type { Silence } from '../../src/domain/alerts/silence.ts';
import type { AuditEntry } from '../../src/domain/audit/entry.ts';
import type { Card } from '../../src/domain/cards/card.ts';
import type { CardKey, CardSubjectKind } from '../../src/domain/cards/kinds.ts';
import { cardName, cards as kinds } from '../../src/domain/cards/kinds.ts';
import {
  cardsOfAlert,
  cardsOfSilence,
  cardsOfOutage,
  cardsOfRequest,
  changedCardsOfRequest,
} from '../../src/domain/cards/of-subject.ts';
import type { PastSession } from '../../src/domain/history/past-session.ts';
import type { BastionHost, DiscoveryProblem, HostId } from '../../src/domain/hosts/host.ts';
import type { Batch } from '../../src/domain/requests/batch.ts';
import { batchVersion } from '../../src/domain/requests/batch.ts';
import type { LogStanding } from '../../src/domain/origins/log-standing.ts';
import type { DisconnectRequest } from '../../src/domain/requests/request.ts';
import { afterCommand } from '../../src/domain/people/haste.ts';
import { cardOwner, countOpenCards, mostOpenCards } from '../../src/domain/requests/open-cards.ts';
import { nextStepAt, isPending, isSettled } from '../../src/domain/requests/phases.ts';
import { sessionsOf } from '../../src/domain/requests/tunnel.ts';
import type { HostState } from '../../src/domain/sessions/host-state.ts';
import { unreadHostState } from '../../src/domain/sessions/host-state.ts';
import type { Session } from '../../src/domain/sessions/session.ts';
import type { DueItem } from '../../src/ports/due.ts';
import type { Stores } from '../../src/ports/ports.ts';
import type { SessionClaim } from '../../src/ports/requests.ts';
import { memoryCommandNames } from './memory-command-names.ts';
import { memoryAudit } from './memory-audit.ts';
import { memoryDeliveries } from './memory-deliveries.ts';
import { memoryHomes } from './memory-homes.ts';
import { memoryLooks } from './memory-looks.ts';
import { memoryStoreOwner } from './memory-store-owner.ts';
import { memoryTurns } from './memory-turns.ts';

export interface MemoryStores extends Stores {
  /** Everything appended to the audit, oldest first. */
  readonly trail: readonly AuditEntry[];
}

/** The contract of the Redis stores without Redis; `clock` is what turns at reading go by. */
export function memoryStores(clock: () => number = Date.now): MemoryStores {
  const hosts = new Map<HostId, BastionHost>();
  const states = new Map<HostId, HostState>();
  const alerts = new Map<string, Alert>();
  const silences = new Map<string, Silence>();
  const outages = new Map<string, Outage>();
  const requests = new Map<string, DisconnectRequest>();
  const batches = new Map<string, Batch>();
  const cards = new Map<string, Card>();
  const due = new Map<string, { readonly item: DueItem; readonly at: number }>();
  const slots = new Map<string, number>();
  const turns = new Map<HostId, { readonly turn: string; readonly until: number }>();
  const underWay = new Map<HostId, { readonly begunAt: number; readonly counter: number }>();
  const holds = new Map<string, number>();
  const deliveries = memoryDeliveries(clock);
  const past: PastSession[] = [];
  const trail: AuditEntry[] = [];
  let discovered: { at: number; problems: readonly DiscoveryProblem[] } | undefined;
  let counter = 0;
  let searchedUntil = 0;
  let logTurnUntil = 0;
  let logStanding: LogStanding | undefined;

  const hostStateOf = (host: BastionHost): HostState => ({
    ...(states.get(host.id) ?? unreadHostState(host)),
    host,
  });
  const answered = new Map<string, number>();
  const typed = new Map<string, number>();
  const setDue = (item: DueItem, at: number) => due.set(nameOf(item), { item, at });
  const setDueBy = (item: DueItem, at: number) => setDue(item, Math.min(at, due.get(nameOf(item))?.at ?? at));
  const setNextStep = (item: DueItem, at: number | undefined) => {
    if (at === undefined) due.delete(nameOf(item));
    else setDue(item, at);
  };
  const membersOf = (ids: readonly string[]) => ids.flatMap((id) => requests.get(id) ?? []);
  const openOf = (claimed: SessionClaim) =>
    [...requests.values()].find(
      (request) =>
        !isSettled(request) &&
        sessionsOf(request).some((one) =>
          sessionsOf(claimed).some(
            ({ ref, session }) => one.ref === ref || startOf(one.session) === startOf(session),
          ),
        ),
    );
  const fullWith = (request: DisconnectRequest) => {
    if (!isPending(request)) return undefined;
    const own = [...requests.values()].filter((one) => cardOwner(one) === cardOwner(request));
    const open = countOpenCards(own, request.askedAt);
    return open < mostOpenCards ? undefined : open;
  };
  const versions: Readonly<Record<CardSubjectKind, (id: string) => number>> = {
    alert: (id) => alerts.get(id)?.version ?? 0,
    silence: (id) => silences.get(id)?.version ?? 0,
    outage: (id) => outages.get(id)?.version ?? 0,
    request: (id) => requests.get(id)?.version ?? 0,
    batch: (id) => batchVersion(membersOf(batches.get(id)?.requestIds ?? [])),
  };
  const versionOf = ({ card, id }: CardKey) => versions[kinds[card].subject](id);
  const settle = ({ key, shown }: Card) => {
    const item: DueItem = { kind: 'card', key };
    if (versionOf(key) > shown) setDue(item, 0);
    else due.delete(nameOf(item));
  };

  /** Whether the host and every alert are still at the version they were read at. */
  const isCurrent = (before: HostState, changed: readonly Alert[], silence?: Silence) => {
    if (silence && (silences.get(silence.id)?.version ?? 0) !== silence.version) return false;
    const host = hosts.get(before.host.id);
    if (!host || hostStateOf(host).version !== before.version) return false;
    return changed.every(({ id, version }) => (alerts.get(id)?.version ?? 0) === version);
  };
  const keepAlerts = (changed: readonly Alert[], at: number) => {
    for (const alert of changed) {
      alerts.set(alert.id, { ...alert, version: alert.version + 1 });
      for (const key of cardsOfAlert(alert)) setDueBy({ kind: 'card', key }, at);
      setNextStep({ kind: 'alert', id: alert.id }, wakesAt(alert));
    }
  };
  const keepSilence = (silence: Silence | undefined, at: number) => {
    if (!silence) return;
    silences.set(silence.id, { ...silence, version: silence.version + 1 });
    for (const key of cardsOfSilence(silence)) setDueBy({ kind: 'card', key }, at);
  };
  const keepRequest = (request: DisconnectRequest, at: number) => {
    requests.set(request.id, { ...request, version: request.version + 1 });
    for (const key of changedCardsOfRequest(request)) setDueBy({ kind: 'card', key }, at);
    setNextStep({ kind: 'request', id: request.id }, nextStepAt(request));
  };

  /** Before anything of the same step takes effect. */
  const record = (...entries: readonly AuditEntry[]) => {
    deliveries.mark();
    trail.push(...entries);
  };
  const saveAll: MemoryStores['requests']['saveAll'] = async (changes) => {
    const isCurrentRequest = ({ request }: (typeof changes)[number]) =>
      (requests.get(request.id)?.version ?? 0) === request.version;
    if (!changes.every(isCurrentRequest)) return 'conflict';
    record(...changes.map(({ entry }) => entry));
    for (const { request, entry } of changes) keepRequest(request, entry.at);
    return 'saved';
  };

  return {
    trail,
    hosts: {
      all: async () => [...hosts.values()],
      noteDiscovery: async (discovery, now) => {
        for (const host of discovery.hosts) hosts.set(host.id, host);
        discovered = { at: now, problems: discovery.problems };
      },
      lastDiscovery: async () => discovered,
      takeSearch: async (forMs) => {
        if (searchedUntil > clock()) return false;
        searchedUntil = clock() + forMs;
        return true;
      },
    },
    hostStates: {
      all: async () => [...hosts.values()].map(hostStateOf),
      get: async (hostId) => {
        const host = hosts.get(hostId);
        return host && hostStateOf(host);
      },
      find: async (ref) => {
        for (const hostState of [...hosts.values()].map(hostStateOf)) {
          const tracked = hostState.trackedSessions.find((one) => one.ref === ref);
          if (tracked) return { hostState, tracked };
        }
        return undefined;
      },
      save: async (before, after, changed, { silence, ended = [] } = {}) => {
        if (!isCurrent(before, changed, silence)) return 'conflict';
        states.set(before.host.id, { ...after, version: before.version + 1 });
        keepAlerts(changed, after.triedAt ?? 0);
        keepSilence(silence, after.triedAt ?? 0);
        past.push(...ended);
        return 'saved';
      },
      forget: async (before, after, changed, { silence, ended = [] } = {}) => {
        if (!isCurrent(before, changed, silence)) return 'conflict';
        hosts.delete(before.host.id);
        states.set(before.host.id, { ...after, version: before.version + 1 });
        keepAlerts(changed, before.triedAt ?? 0);
        keepSilence(silence, before.triedAt ?? 0);
        past.push(...ended);
        return 'saved';
      },
    },
    readings: {
      begin: async (hostId, forMs) => {
        if ((turns.get(hostId)?.until ?? 0) > clock()) return 'busy';
        counter += 1;
        const turn = `turn-${counter}`;
        turns.set(hostId, { turn, until: clock() + forMs });
        underWay.set(hostId, { begunAt: clock(), counter });
        return { counter, turn };
      },
      end: async (hostId, turn) => {
        if (turns.get(hostId)?.turn !== turn) return;
        turns.delete(hostId);
        underWay.delete(hostId);
      },
      overdue: async (afterMs) =>
        [...underWay]
          .map(([hostId, { begunAt, counter }]) => ({ hostId, counter, forMs: clock() - begunAt }))
          .filter(({ hostId, forMs }) => forMs >= afterMs && turns.has(hostId)),
    },
    holds: {
      hold: async (subscriptionId, forMs) => {
        const key = subscriptionId.toLowerCase();
        holds.set(key, Math.max(holds.get(key) ?? 0, clock() + Math.max(0, forMs)));
      },
      leftMs: async (subscriptionId) => Math.max(0, (holds.get(subscriptionId.toLowerCase()) ?? 0) - clock()),
    },
    logAsks: {
      takeTurn: async (forMs) => {
        if (logTurnUntil > clock()) return false;
        logTurnUntil = clock() + forMs;
        return true;
      },
      keepTurn: async (forMs) => {
        logTurnUntil = clock() + forMs;
      },
      note: async (standing) => {
        logStanding = standing;
      },
      last: async () => logStanding,
    },
    turns: memoryTurns(clock),
    silences: {
      get: async (id) => silences.get(id),
      many: async (ids) => ids.flatMap((id) => silences.get(id) ?? []),
    },
    outages: {
      get: async (id) => outages.get(id),
      lasting: async () => [...outages.values()].filter(isLasting),
      save: async ({ outage, silences: members }, now, handOver) => {
        const moved = handOver ? [handOver.from, handOver.to] : [];
        const isKept =
          versions.outage(outage.id) === outage.version &&
          members.every(({ id, version }) => versions.silence(id) === version) &&
          moved.every(({ key, version }) => (cards.get(cardName(key))?.version ?? 0) === version);
        if (!isKept) return 'conflict';
        outages.set(outage.id, { ...outage, version: outage.version + 1 });
        for (const key of cardsOfOutage(outage)) setDueBy({ kind: 'card', key }, now);
        for (const silence of members) keepSilence(silence, now);
        for (const card of moved) cards.set(cardName(card.key), { ...card, version: card.version + 1 });
        return 'saved';
      },
    },
    alerts: {
      get: async (id) => alerts.get(id),
      many: async (ids) => ids.flatMap((id) => alerts.get(id) ?? []),
      save: async (alert, entry) => {
        if ((alerts.get(alert.id)?.version ?? 0) !== alert.version) return 'conflict';
        record(entry);
        keepAlerts([alert], entry.at);
        return 'saved';
      },
    },
    requests: {
      get: async (id) => requests.get(id),
      many: async (ids) => membersOf(ids),
      unsettled: async () => [...requests.values()].filter((request) => !isSettled(request)),
      openOf: async (claimed) => openOf(claimed),
      open: async (request, entry) => {
        const existing = openOf(request);
        if (existing) return { opened: false, existing };
        const openCards = fullWith(request);
        if (openCards !== undefined) return { opened: false, openCards };
        record(entry);
        keepRequest(request, entry.at);
        return { opened: true };
      },
      save: async (request, entry) => saveAll([{ request, entry }]),
      saveAll,
      refine: async (request, now) => {
        if (requests.get(request.id)?.version !== request.version) return 'conflict';
        keepRequest(request, now);
        for (const key of cardsOfRequest(request)) setDueBy({ kind: 'card', key }, now);
        return 'saved';
      },
      postpone: async (request) => {
        if (requests.get(request.id)?.version !== request.version) return 'conflict';
        requests.set(request.id, request);
        setNextStep({ kind: 'request', id: request.id }, nextStepAt(request));
        return 'saved';
      },
      freeSlot: async (requestId) => void slots.delete(requestId),
      takeSlot: async (requestId, maxPerHour, now) => {
        for (const [id, at] of slots) if (at <= now - 3_600_000) slots.delete(id);
        if (slots.has(requestId)) return true;
        if (slots.size >= maxPerHour) return false;
        slots.set(requestId, now);
        return true;
      },
    },
    batches: {
      get: async (id) => batches.get(id),
      open: async (batch, members) => {
        const existing = members.flatMap(({ request }) => openOf(request) ?? []);
        const left = members.filter(({ request }) => !openOf(request));
        const [first] = left;
        if (!first) return { members: [], existing };
        const openCards = fullWith(first.request);
        if (openCards !== undefined) return { members: [], existing, openCards };
        record(...left.map(({ entry }) => entry));
        batches.set(batch.id, { ...batch, requestIds: left.map(({ request }) => request.id) });
        for (const { request, entry } of left) keepRequest(request, entry.at);
        return { members: left.map(({ request }) => request), existing };
      },
    },
    cards: {
      get: async (key) => cards.get(nameOf({ kind: 'card', key })) ?? { key, version: 0, shown: 0 },
      save: async (card, dueAt) => {
        const id = nameOf({ kind: 'card', key: card.key });
        if ((cards.get(id)?.version ?? 0) !== card.version) return 'conflict';
        cards.set(id, { ...card, version: card.version + 1 });
        if (dueAt === undefined) settle(card);
        else setDue({ kind: 'card', key: card.key }, dueAt);
        return 'saved';
      },
      settle: async (card) => settle(card),
      noteAnswer: async (conversation, at) => void answered.set(conversation, at),
      answeredAt: async (conversation) => answered.get(conversation),
      inTrouble: async () => [...cards.values()].filter(({ trouble }) => trouble !== undefined),
    },
    looks: memoryLooks(clock),
    due: {
      by: async (now, atMost) =>
        [...due.values()]
          .filter(({ at }) => at <= now)
          .sort((a, b) => a.at - b.at)
          .slice(0, atMost)
          .map(({ item }) => item),
      postpone: async (item, until) => {
        if (due.has(nameOf(item))) setDue(item, until);
      },
    },
    history: {
      closedSince: async (since, atMost) =>
        past
          .filter(({ closedAt }) => closedAt >= since)
          .sort((a, b) => b.closedAt - a.closedAt)
          .slice(0, atMost),
      refine: async (refined) => {
        for (const one of refined) {
          const index = past.findIndex(({ closedAt, ref }) => ref === one.ref && closedAt === one.closedAt);
          if (index >= 0) past[index] = one;
        }
      },
    },
    homes: memoryHomes(clock),
    deliveries,
    commandNames: memoryCommandNames(),
    throttle: {
      takeCommand: async (person) => {
        const after = afterCommand(typed.get(person) ?? 0, clock());
        if (after !== undefined) typed.set(person, after);
        return after !== undefined;
      },
    },
    audit: memoryAudit((entry) => record(...(entry ? [entry] : []))),
    records: { unreadable: async () => [] },
    storeOwner: memoryStoreOwner(),
  };
}

function nameOf(item: DueItem): string {
  return item.kind === 'card' ? cardName(item.key) : `${item.kind} ${item.id}`;
}

function startOf({ hostId, sessionId, startedAt }: Session): string {
  return JSON.stringify([hostId, sessionId, startedAt]);
}
