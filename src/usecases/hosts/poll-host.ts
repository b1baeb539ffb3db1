import type { HostId } from '../../domain/hosts/host.ts';
import { hostNamed } from '../../domain/hosts/host.ts';
import type { HostState } from '../../domain/sessions/host-state.ts';
import { unreadableHostState } from '../../domain/sessions/host-state.ts';
import type { Reading } from '../../domain/sessions/reading.ts';
import { observe, recall } from '../../domain/sessions/snapshot.ts';
import type { Haste } from '../../ports/bastion.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import type { Concluded } from './conclude.ts';
import { conclude } from './conclude.ts';
import { readHost } from './read-host.ts';

type UsedPorts = Pick<Ports, 'clock' | 'hostStates' | 'newId' | 'pause' | 'policy' | 'readings'> &
  Needs<typeof conclude> &
  Needs<typeof readHost>;

/** A turn whose owner has died is free again after this. */
const turnMs = 12_000;

export type Polled =
  | Concluded
  /** Somebody else reads it now; `hostState` is from before. */
  | { readonly is: 'busy'; readonly hostState: HostState }
  /** It was left alone, since its records cannot be read. */
  | { readonly is: 'unreadable'; readonly hostState: HostState };

/** Makes sure of a reading begun at or after `freshSince`, and draws every conclusion from it. */
export async function pollHost(ports: UsedPorts, hostId: HostId, want: ReadingWish): Promise<Polled> {
  const polled = await poll(ports, hostId, want).catch(asUnreadable);
  if (!(polled instanceof UnreadableRecord)) return polled;
  return { is: 'unreadable', hostState: unreadableHostState(hostNamed(hostId), polled) };
}

export interface ReadingWish {
  readonly freshSince: number;
  readonly haste: Haste;
}

async function poll(ports: UsedPorts, hostId: HostId, { freshSince, haste }: ReadingWish): Promise<Polled> {
  const hostState = await ports.hostStates.get(hostId);
  if (!hostState) return { is: 'unknown-host' };
  if (isReadSince(hostState, freshSince, ports.clock())) return conclude(ports, hostState, recall);

  const turn = await ports.readings.begin(hostId, turnMs);
  if (turn === 'busy') return { is: 'busy', hostState };
  try {
    const begunAt = ports.clock();
    const result = await readHost(ports, hostState, haste);
    const reading: Reading = { hostId, counter: turn.counter, begunAt, result };
    const observing = { newRef: ports.newId, everyMs: ports.policy.polling.everyMs };
    return await conclude(ports, hostState, (latest) => observe(latest, reading, observing));
  } finally {
    await ports.readings.end(hostId, turn.turn);
  }
}

const askAgainMs = 150;

/** The same, but waits up to `waitAtMostMs` for somebody else's reading to end. */
export async function pollHostPatiently(
  ports: UsedPorts,
  hostId: HostId,
  { want, waitAtMostMs }: { readonly want: ReadingWish; readonly waitAtMostMs: number },
): Promise<Polled> {
  const givesUpAt = ports.clock() + waitAtMostMs;
  for (;;) {
    const polled = await pollHost(ports, hostId, want);
    if (polled.is !== 'busy' || ports.clock() >= givesUpAt) return polled;
    await ports.pause(askAgainMs);
  }
}

/** A doubtful reading is never enough: the next one decides it. One from later than now is of a clock that was put back. */
function isReadSince({ triedAt, doubtfulSince }: HostState, since: number, now: number): boolean {
  return triedAt !== undefined && triedAt >= since && triedAt <= now && doubtfulSince === undefined;
}
