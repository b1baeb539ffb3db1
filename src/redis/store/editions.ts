import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { BastionHost, HostId } from '../../domain/hosts/host.ts';
import { isSameJson } from '../../domain/kit/same-json.ts';
import type { HostState, TrackedSession } from '../../domain/sessions/host-state.ts';
import { unreadableHostState, unreadHostState } from '../../domain/sessions/host-state.ts';
import { asUnreadable } from '../../ports/unreadable-record.ts';
import { hostStateKey, refsKey, trackedSessionsKey } from '../record/keys.ts';
import { reach, reachEach, wrongType } from '../record/reach.ts';
import { encode } from '../record/record.ts';
import type { RedisRecords } from '../record/records.ts';
import type { StoredHostState } from '../record/shapes/sessions.ts';
import { hostStateShape, trackedSessionShape } from '../record/shapes/sessions.ts';
import type { Effect } from '../record/effects.ts';
import { effect, put } from '../record/effects.ts';
import type { StoredHost } from './hosts.ts';

interface Edition extends Pick<HostState, 'trackedSessions' | 'lost'> {
  readonly name: string;
}

/** Every poll writes the small record. The hash is written and read only when sessions change; the record names its edition. */
export function redisEditions({ redis, records }: { readonly redis: Redis; readonly records: RedisRecords }) {
  const latest = new Map<HostId, Edition>();
  // Per object: `latest` may be of another moment than the state that is being saved.
  const editionOf = new WeakMap<HostState, string>();

  function assemble(
    host: BastionHost,
    { edition, ...record }: StoredHostState,
    { trackedSessions, lost }: Pick<HostState, 'trackedSessions' | 'lost'>,
  ): HostState {
    const hostState = { host, ...record, trackedSessions, lost };
    editionOf.set(hostState, edition);
    return hostState;
  }

  function assembleKnown(host: BastionHost, text: string | null | undefined): HostState | undefined {
    if (typeof text !== 'string') return unreadHostState(host);
    const record = records.decode({ key: hostStateKey(host.id) }, hostStateShape, text);
    const known = latest.get(host.id);
    return known?.name === record.edition ? assemble(host, record, known) : undefined;
  }

  async function load(hosts: readonly BastionHost[]): Promise<readonly (() => HostState)[]> {
    const step = redis.multi();
    for (const { id } of hosts) step.get(hostStateKey(id)).hgetall(trackedSessionsKey(id));
    const answers = await reachEach(step);
    return hosts.map((host, index) => () => {
      const [text, fields] = answers.slice(2 * index, 2 * index + 2);
      if (text === wrongType) throw records.misplaced({ key: hostStateKey(host.id) });
      if (fields === wrongType) throw records.misplaced({ key: trackedSessionsKey(host.id) });
      if (typeof text !== 'string') return unreadHostState(host);
      const record = records.decode({ key: hostStateKey(host.id) }, hostStateShape, text);
      const all = Object.entries(fields ?? {}).map(([ref, tracked]) =>
        records.decode(
          { key: trackedSessionsKey(host.id), field: ref },
          trackedSessionShape,
          String(tracked),
        ),
      );
      const trackedSessions = all.filter(({ lostAt }) => lostAt === undefined);
      const lost = all.filter(({ lostAt }) => lostAt !== undefined);
      latest.set(host.id, { name: record.edition, trackedSessions, lost });
      return assemble(host, record, { trackedSessions, lost });
    });
  }

  function forgetAllBut(hostIds: ReadonlySet<HostId>): void {
    for (const hostId of latest.keys()) if (!hostIds.has(hostId)) latest.delete(hostId);
  }

  return {
    recall: async (host: BastionHost, text: string | null): Promise<HostState> => {
      const known = assembleKnown(host, text);
      if (known) return known;
      const [loaded] = await load([host]);
      return loaded ? loaded() : unreadHostState(host);
    },

    /** Includes hosts whose records cannot be read, marked as unreadable. */
    recallAll: async (stored: readonly StoredHost[]): Promise<readonly HostState[]> => {
      if (stored.length === 0) return [];
      const texts = await reach(redis.mget(stored.map(({ host }) => hostStateKey(host.id))));
      const recalled = stored.map(({ host, unreadable }, index) =>
        unreadable
          ? unreadableHostState(host, unreadable)
          : orUnreadable(host, () => assembleKnown(host, texts[index])),
      );
      const unknown = stored.filter((_, index) => !recalled[index]).map(({ host }) => host);
      const reads = unknown.length === 0 ? [] : await load(unknown);
      const loaded = unknown.flatMap((host, index) => orUnreadable(host, () => reads[index]?.()) ?? []);
      forgetAllBut(new Set(stored.map(({ host }) => host.id)));
      return [...recalled.flatMap((hostState) => hostState ?? []), ...loaded];
    },

    /** What to write; `remember` is to be called once it is written. */
    change: (
      before: HostState,
      after: HostState,
    ): { readonly effects: readonly Effect[]; readonly remember: () => void } => {
      const { host, trackedSessions, lost, ...rest } = after;
      const old = new Map(stored(before).map((tracked) => [tracked.ref, tracked]));
      const kept = new Set(stored(after).map(({ ref }) => ref));
      const changed = stored(after).filter((tracked) => !isSameJson(old.get(tracked.ref), tracked));
      const removed = stored(before).filter(({ ref }) => !kept.has(ref));
      const isSameEdition = changed.length === 0 && removed.length === 0;
      const edition = (isSameEdition ? editionOf.get(before) : undefined) ?? randomUUID();
      const record: StoredHostState = { ...rest, version: before.version + 1, edition };
      return {
        effects: [
          put(hostStateKey(host.id), record),
          ...changed.map((tracked) =>
            effect('HSET', trackedSessionsKey(host.id), tracked.ref, encode(tracked)),
          ),
          ...removed.map(({ ref }) => effect('HDEL', trackedSessionsKey(host.id), ref)),
          // A host that is back is kept for as long as it is there.
          ...(isSameEdition ? [] : [effect('PERSIST', trackedSessionsKey(host.id))]),
          // Nothing can be asked of a session that was given up, so its ref leads nowhere.
          ...refsOnlyIn(trackedSessions, before.trackedSessions).map((ref) =>
            effect('HSET', refsKey, ref, host.id),
          ),
          ...refsOnlyIn(before.trackedSessions, trackedSessions).map((ref) => effect('HDEL', refsKey, ref)),
        ],
        remember: () => latest.set(host.id, { name: edition, trackedSessions, lost }),
      };
    },
  };
}

/** One hash holds both, told apart by `lostAt`. */
function stored({ trackedSessions, lost }: HostState): readonly TrackedSession[] {
  return [...trackedSessions, ...lost];
}

function refsOnlyIn(some: readonly TrackedSession[], others: readonly TrackedSession[]): readonly string[] {
  const known = new Set(others.map(({ ref }) => ref));
  return some.map(({ ref }) => ref).filter((ref) => !known.has(ref));
}

function orUnreadable(host: BastionHost, read: () => HostState | undefined): HostState | undefined {
  try {
    return read();
  } catch (error) {
    return unreadableHostState(host, asUnreadable(error));
  }
}
