import type { Ports } from '../../ports/ports.ts';

/** Makes the schedules match the hosts, and heals those that have stopped by themselves. */
export async function keepPolling({
  hosts,
  jobs,
  policy,
}: Pick<Ports, 'hosts' | 'jobs' | 'policy'>): Promise<void> {
  const known = await hosts.all();
  await jobs.schedulePolls(
    known.map(({ id }) => id),
    policy.polling.everyMs,
  );
}
