import { grouped } from '../../domain/kit/grouped.ts';
import { overtake } from '../../domain/requests/overtake.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { isPending } from '../../domain/requests/phases.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { asUnreadable, UnreadableRecord } from '../../ports/unreadable-record.ts';
import { saveRequest } from './save-request.ts';

type UsedPorts = Pick<Ports, 'clock' | 'hostStates' | 'requests'> & Needs<typeof saveRequest>;

/** The hint that a reading gives may be lost, and a request may be opened while that reading is under way. */
export async function closeOvertaken(ports: UsedPorts): Promise<void> {
  const { clock, requests, hostStates } = ports;
  const pending = (await requests.unsettled()).filter(isPending);
  for (const [hostId, onHost] of grouped(pending, ({ session }) => session.hostId)) {
    const hostState = await hostStates.get(hostId).catch(asUnreadable);
    if (hostState instanceof UnreadableRecord) continue;
    for (const request of onHost) {
      const now = clock();
      const over = overtake(request, hostState, now);
      if (over) await saveRequest(ports, over, now);
    }
  }
}

export async function overtaken(
  { clock, hostStates }: Pick<Ports, 'clock' | 'hostStates'>,
  request: DisconnectRequest,
): Promise<DisconnectRequest | undefined> {
  if (!isPending(request)) return undefined;
  const hostState = await hostStates.get(request.session.hostId).catch(asUnreadable);
  return hostState instanceof UnreadableRecord ? undefined : overtake(request, hostState, clock());
}
