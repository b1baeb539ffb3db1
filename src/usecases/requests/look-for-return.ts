import { decideLook } from '../../domain/requests/came-back.ts';
import type { GoneRequest } from '../../domain/requests/gone.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { reusableForMs } from '../hosts/conclude.ts';
import { pollHost } from '../hosts/poll-host.ts';
import { saveRequest } from './save-request.ts';

type UsedPorts = Pick<Ports, 'clock' | 'requests'> & Needs<typeof pollHost> & Needs<typeof saveRequest>;

/** Looks whether the login whose session was ended is on its machine again. What brings nothing new leaves no trace. */
export async function lookForReturn(ports: UsedPorts, request: GoneRequest): Promise<'busy' | 'looked'> {
  const { clock, requests } = ports;
  const { lookout } = request.state;
  if (!lookout) return 'looked';
  const polled = await pollHost(ports, request.session.hostId, {
    freshSince: Math.max(lookout.nextLookAt, clock() - reusableForMs),
    haste: 'background',
  });
  if (polled.is === 'busy') return 'busy';
  const hostState = polled.is === 'unknown-host' ? undefined : polled.hostState;
  const now = clock();
  const look = decideLook({ request, lookout }, hostState, now);
  await (look.is === 'back' ? saveRequest(ports, look.next, now) : requests.postpone(look.next));
  return 'looked';
}
