import { confirmsBeforeMs } from '../../domain/alerts/decide.ts';
import type { HostId } from '../../domain/hosts/host.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { reusableForMs } from './conclude.ts';
import { pollHost } from './poll-host.ts';

type UsedPorts = Pick<Ports, 'clock' | 'pause' | 'policy' | 'turns'> & Needs<typeof pollHost>;

/** Clocks of replicas differ by less. */
const earlyAtMostMs = 5000;

/** One poll by the worker: the one whose turn it is, or the extra one for a session that reaches its limit at `at`. */
export async function pollHostOnSchedule(
  ports: UsedPorts,
  { hostId, at }: { readonly hostId: HostId; readonly at?: number | undefined },
): Promise<'done' | 'busy'> {
  const { everyMs } = ports.policy.polling;
  // While this one waited, another took the turn, or the turn was put off.
  if (at === undefined && !(await ports.turns.take(hostId, everyMs))) return 'done';
  // A hint that comes too early finds nothing over its limit yet, and no second one is given for the same moment.
  const earlyMs = Math.min((at ?? 0) - ports.clock(), earlyAtMostMs);
  if (earlyMs > 0) await ports.pause(earlyMs);
  const youngMs = Math.min(reusableForMs, everyMs / 2);
  const freshSince = at === undefined ? ports.clock() - youngMs : at - confirmsBeforeMs;
  const polled = await pollHost(ports, hostId, { freshSince, haste: 'background' });
  return polled.is === 'busy' ? 'busy' : 'done';
}
