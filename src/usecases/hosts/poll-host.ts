import type { HostId } from '../../domain/hosts/host.ts';
import { hostNamed } from '../../domain/hosts/host.ts';
import type { HostMemory } from '../../domain/sessions/host-state.ts';
import { unreadableMemory } from '../../domain/sessions/host-state.ts';
import type { Reading } from '../../domain/sessions/reading.ts';
import { observe, recall } from '../../domain/sessions/snapshot.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Ports } from '../../ports/ports.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import type { Concluded } from './conclude.ts';
import { conclude } from './conclude.ts';
import { readHost } from './read-host.ts';

/** A turn whose owner has died is free again after this. */
const turnMs = 12_000;

export type Polled =
  | Concluded
  /** Somebody else reads it now; `memory` is from before. */
  | { readonly is: 'busy'; readonly memory: HostMemory }
  /** It was left alone, since its records cannot be read. */
  | { readonly is: 'unreadable'; readonly memory: HostMemory };

/** Makes sure of a reading begun at or after `freshSince`, and draws every conclusion from it. */
export async function pollHost(ports: Ports, hostId: HostId, want: ReadingWish): Promise<Polled> {
  const polled = await poll(ports, hostId, want).catch(asUnreadable);
  if (!(polled instanceof UnreadableRecord)) return polled;
  return { is: 'unreadable', memory: unreadableMemory(hostNamed(hostId), polled) };
}

export interface ReadingWish {
  readonly freshSince: number;
  readonly haste: Haste;
}

async function poll(ports: Ports, hostId: HostId, { freshSince, haste }: ReadingWish): Promise<Polled> {
  const memory = await ports.watches.get(hostId);
  if (!memory) return { is: 'unknown-host' };
  if (isReadSince(memory, freshSince, ports.clock())) return conclude(ports, memory, recall);

  const turn = await ports.readings.begin(hostId, turnMs);
  if (turn === 'busy') return { is: 'busy', memory };
  try {
    const begunAt = ports.clock();
    const result = await readHost(ports, memory, haste);
    const reading: Reading = { hostId, counter: turn.counter, begunAt, result };
    const observing = { newRef: ports.newId, everyMs: ports.policy.polling.everyMs };
    return await conclude(ports, memory, (latest) => observe(latest, reading, observing));
  } finally {
    await ports.readings.end(hostId, turn.turn);
  }
}

const askAgainMs = 150;

/** The same, but waits up to `waitAtMostMs` for somebody else's reading to end. */
export async function pollHostPatiently(
  ports: Ports,
  hostId: HostId,
  want: ReadingWish,
  waitAtMostMs: number,
): Promise<Polled> {
  const givesUpAt = ports.clock() + waitAtMostMs;
  for (;;) {
    const polled = await pollHost(ports, hostId, want);
    if (polled.is !== 'busy' || ports.clock() >= givesUpAt) return polled;
    await ports.pause(askAgainMs);
  }
}

/** A doubtful reading is never enough: the next one decides it. One from later than now is of a clock that was put back. */
function isReadSince({ triedAt, emptiedAt }: HostMemory, since: number, now: number): boolean {
  return triedAt !== undefined && triedAt >= since && triedAt <= now && emptiedAt === undefined;
}
