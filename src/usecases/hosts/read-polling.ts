import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import { pollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { Ports } from '../../ports/ports.ts';

export async function readPolling({
  policy,
  turns,
}: Pick<Ports, 'policy' | 'turns'>): Promise<PollingStanding> {
  const { everyMs } = policy.polling;
  return pollingStanding(await turns.standing(everyMs), everyMs);
}
