import { overdueAfterMs } from '../../domain/sessions/freshness.ts';
import type { Ports } from '../../ports/ports.ts';

/** Long before the reading is given up. Calls nobody: what comes of it is concluded when it ends. */
export async function nameOverdue({
  clock,
  log,
  policy,
  readings,
  hostStates,
}: Pick<Ports, 'clock' | 'log' | 'policy' | 'readings' | 'hostStates'>): Promise<void> {
  const overdue = await readings.overdue(overdueAfterMs(policy.polling.everyMs));
  if (overdue.length === 0) return;
  const known = new Map((await hostStates.all()).map((hostState) => [hostState.host.id, hostState]));
  for (const { hostId, counter, forMs } of overdue) {
    const hostState = known.get(hostId);
    // It may have ended since it was found to be overdue.
    if (!hostState || hostState.failing || hostState.lastCounter >= counter) continue;
    const since = clock() - forMs;
    await hostStates.save(
      hostState,
      { ...hostState, failing: { since, failure: { kind: 'timed-out' } } },
      [],
    );
    log.warn({ hostId, forMs }, 'a reading is overdue');
  }
}
