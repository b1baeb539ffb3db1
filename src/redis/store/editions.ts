import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { BastionHost, HostId } from '../../domain/hosts/host.ts';
import { isSameJson } from '../../domain/kit/same-json.ts';
import type { HostMemory, Watch } from '../../domain/sessions/host-state.ts';
import { unreadableMemory, unreadMemory } from '../../domain/sessions/host-state.ts';
import { asUnreadable } from '../../ports/unreadable-record.ts';
import { memoryKey, refsKey, watchesKey } from '../record/keys.ts';
import { reach, reachEach, wrongType } from '../record/reach.ts';
import { encode } from '../record/record.ts';
import type { RedisRecords } from '../record/records.ts';
import type { StoredMemory } from '../record/shapes/sessions.ts';
import { memoryShape, watchShape } from '../record/shapes/sessions.ts';
import type { Effect } from '../record/effects.ts';
import { effect, put } from '../record/effects.ts';
import type { StoredHost } from './hosts.ts';

interface Edition extends Pick<HostMemory, 'watches' | 'lost'> {
  readonly name: string;
}

/**
 * How a host's memory lies in Redis: a small record that every poll writes, and a hash with a field per watch that
 * is written and read only when the watches change. The record names the edition of the hash it belongs to; parsed
 * editions are kept in this process.
 */
export function redisMemories({ redis, records }: { readonly redis: Redis; readonly records: RedisRecords }) {
  const latest = new Map<HostId, Edition>();
  // Remembered per object: what `latest` holds may be of another moment than the memory that is being saved.
  const editionOf = new WeakMap<HostMemory, string>();

  function assemble(
    host: BastionHost,
    { edition, ...record }: StoredMemory,
    { watches, lost }: Pick<HostMemory, 'watches' | 'lost'>,
  ): HostMemory {
    const memory = { host, ...record, watches, lost };
    editionOf.set(memory, edition);
    return memory;
  }

  /** Undefined where this process does not know the edition of the watches. */
  function assembleKnown(host: BastionHost, text: string | null | undefined): HostMemory | undefined {
    if (typeof text !== 'string') return unreadMemory(host);
    const record = records.decode({ key: memoryKey(host.id) }, memoryShape, text);
    const known = latest.get(host.id);
    return known?.name === record.edition ? assemble(host, record, known) : undefined;
  }

  /** The records and watches of these hosts as they are at one moment. */
  async function load(hosts: readonly BastionHost[]): Promise<readonly (() => HostMemory)[]> {
    const step = redis.multi();
    for (const { id } of hosts) step.get(memoryKey(id)).hgetall(watchesKey(id));
    const answers = await reachEach(step);
    return hosts.map((host, index) => () => {
      const [text, fields] = answers.slice(2 * index, 2 * index + 2);
      if (text === wrongType) throw records.misplaced({ key: memoryKey(host.id) });
      if (fields === wrongType) throw records.misplaced({ key: watchesKey(host.id) });
      if (typeof text !== 'string') return unreadMemory(host);
      const record = records.decode({ key: memoryKey(host.id) }, memoryShape, text);
      const all = Object.entries(fields ?? {}).map(([ref, watch]) =>
        records.decode({ key: watchesKey(host.id), field: ref }, watchShape, String(watch)),
      );
      const watches = all.filter(({ lostAt }) => lostAt === undefined);
      const lost = all.filter(({ lostAt }) => lostAt !== undefined);
      latest.set(host.id, { name: record.edition, watches, lost });
      return assemble(host, record, { watches, lost });
    });
  }

  function forgetAllBut(hostIds: ReadonlySet<HostId>): void {
    for (const hostId of latest.keys()) if (!hostIds.has(hostId)) latest.delete(hostId);
  }

  return {
    /** The memory of one host; `text` is its record as just read. */
    recall: async (host: BastionHost, text: string | null): Promise<HostMemory> => {
      const known = assembleKnown(host, text);
      if (known) return known;
      const [loaded] = await load([host]);
      return loaded ? loaded() : unreadMemory(host);
    },

    /** A host whose records cannot be read is among them, as one that nobody can read. */
    recallAll: async (stored: readonly StoredHost[]): Promise<readonly HostMemory[]> => {
      if (stored.length === 0) return [];
      const texts = await reach(redis.mget(stored.map(({ host }) => memoryKey(host.id))));
      const recalled = stored.map(({ host, unreadable }, index) =>
        unreadable
          ? unreadableMemory(host, unreadable)
          : orUnreadable(host, () => assembleKnown(host, texts[index])),
      );
      const unknown = stored.filter((_, index) => !recalled[index]).map(({ host }) => host);
      const reads = unknown.length === 0 ? [] : await load(unknown);
      const loaded = unknown.flatMap((host, index) => orUnreadable(host, () => reads[index]?.()) ?? []);
      forgetAllBut(new Set(stored.map(({ host }) => host.id)));
      return [...recalled.flatMap((memory) => memory ?? []), ...loaded];
    },

    /** What to write so that `before` becomes `after`; `remember` is for when it was written. */
    change: (
      before: HostMemory,
      after: HostMemory,
    ): { readonly effects: readonly Effect[]; readonly remember: () => void } => {
      const { host, watches, lost, ...rest } = after;
      const old = new Map(stored(before).map((watch) => [watch.ref, watch]));
      const kept = new Set(stored(after).map(({ ref }) => ref));
      const changed = stored(after).filter((watch) => !isSameJson(old.get(watch.ref), watch));
      const removed = stored(before).filter(({ ref }) => !kept.has(ref));
      const isSameEdition = changed.length === 0 && removed.length === 0;
      const edition = (isSameEdition ? editionOf.get(before) : undefined) ?? randomUUID();
      const record: StoredMemory = { ...rest, version: before.version + 1, edition };
      return {
        effects: [
          put(memoryKey(host.id), record),
          ...changed.map((watch) => effect('HSET', watchesKey(host.id), watch.ref, encode(watch))),
          ...removed.map(({ ref }) => effect('HDEL', watchesKey(host.id), ref)),
          // A host that is back is kept for as long as it is there.
          ...(isSameEdition ? [] : [effect('PERSIST', watchesKey(host.id))]),
          // Of what was given up nothing can be asked, so its ref leads nowhere.
          ...refsOnlyIn(watches, before.watches).map((ref) => effect('HSET', refsKey, ref, host.id)),
          ...refsOnlyIn(before.watches, watches).map((ref) => effect('HDEL', refsKey, ref)),
        ],
        remember: () => latest.set(host.id, { name: edition, watches, lost }),
      };
    },
  };
}

/** Both kinds lie in one hash, told apart by `lostAt`. */
function stored({ watches, lost }: HostMemory): readonly Watch[] {
  return [...watches, ...lost];
}

function refsOnlyIn(some: readonly Watch[], others: readonly Watch[]): readonly string[] {
  const known = new Set(others.map(({ ref }) => ref));
  return some.map(({ ref }) => ref).filter((ref) => !known.has(ref));
}

function orUnreadable(host: BastionHost, read: () => HostMemory | undefined): HostMemory | undefined {
  try {
    return read();
  } catch (error) {
    return unreadableMemory(host, asUnreadable(error));
  }
}
