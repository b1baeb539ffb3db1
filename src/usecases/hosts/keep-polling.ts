import type { Ports } from '../../ports/ports.ts';

export async function keepPolling({
  hosts,
  jobs,
  policy,
  turns,
}: Pick<Ports, 'hosts' | 'jobs' | 'policy' | 'turns'>): Promise<void> {
  const known = await hosts.all();
  await turns.match(
    known.map(({ id }) => id),
    policy.polling.everyMs,
  );
  await jobs.endSchedules();
}
