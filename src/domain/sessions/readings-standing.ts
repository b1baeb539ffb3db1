import { isQuiet } from '../hosts/azure-failure.ts';
import { isStale } from './freshness.ts';
import type { HostState } from './host-state.ts';

export interface ReadingsStanding {
  readonly hosts: number;
  /** The host whose last good reading is the oldest; absent where none was read. */
  readonly oldest?: { readonly name: string; readonly ageMs: number };
  /** Names of those not read now, but for those of which Azure lists nothing by their nature. */
  readonly unread: readonly string[];
}

export function readingsStanding(
  states: readonly HostState[],
  everyMs: number,
  now: number,
): ReadingsStanding {
  const counted = states.filter(({ failing }) => !failing || !isQuiet(failing.failure));
  const [oldest] = counted
    .flatMap(({ host, readAt }) => (readAt === undefined ? [] : [{ name: host.name, readAt }]))
    .sort((a, b) => a.readAt - b.readAt);
  const unread = counted.filter(
    ({ failing, readAt }) => failing || readAt === undefined || isStale(readAt, everyMs, now),
  );
  return {
    hosts: states.length,
    ...(oldest && { oldest: { name: oldest.name, ageMs: Math.max(0, now - oldest.readAt) } }),
    unread: unread.map(({ host }) => host.name).sort(),
  };
}
