import { overdueAfterMs } from '../../domain/sessions/freshness.ts';
import type { Ports } from '../../ports/ports.ts';

/**
 * Says of every host whose reading is overdue that it is not read, long before the reading is given up. Calls nobody:
 * what comes of the reading is concluded when it ends.
 */
export async function nameOverdue({
  clock,
  log,
  policy,
  readings,
  watches,
}: Pick<Ports, 'clock' | 'log' | 'policy' | 'readings' | 'watches'>): Promise<void> {
  const overdue = await readings.overdue(overdueAfterMs(policy.polling.everyMs));
  if (overdue.length === 0) return;
  const known = new Map((await watches.all()).map((memory) => [memory.host.id, memory]));
  for (const { hostId, counter, forMs } of overdue) {
    const memory = known.get(hostId);
    // It may have ended since it was found to be overdue.
    if (!memory || memory.failing || memory.lastCounter >= counter) continue;
    const since = clock() - forMs;
    await watches.save(memory, { ...memory, failing: { since, failure: { kind: 'timed-out' } } }, []);
    log.warn({ hostId, forMs }, 'a reading is overdue');
  }
}
