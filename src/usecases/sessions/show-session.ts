import type { Alert } from '../../domain/alerts/alert.ts';
import type { PastSession } from '../../domain/history/past-session.ts';
import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { Cut } from '../../domain/kit/cut.ts';
import type { LogStanding } from '../../domain/origins/log-standing.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import { othersOfTunnel } from '../../domain/requests/tunnel.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import type { KnownOwner } from '../../domain/sessions/owner.ts';
import type { SessionOnHost } from '../../domain/sessions/host-state.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { readPolling } from '../hosts/read-polling.ts';
import { authorize } from '../people/authorize.ts';
import { knowOwner } from '../people/know-owner.ts';
import { readEarlier } from './read-earlier.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'hostStates' | 'logAsks' | 'requests'> &
  Needs<typeof authorize> &
  Needs<typeof knowOwner> &
  Needs<typeof readEarlier> &
  Needs<typeof readPolling>;

export type SessionOutcome =
  | {
      readonly is: 'found';
      readonly onHost: SessionOnHost;
      readonly alert?: Alert;
      readonly request?: DisconnectRequest;
      readonly alike: number;
      readonly earlier: Cut<PastSession>;
      readonly polling: PollingStanding;
      readonly owner: KnownOwner;
      readonly logTrouble?: LogStanding['trouble'];
    }
  | { readonly is: 'not-tracked' }
  | { readonly is: 'denied'; readonly denied: AccessDenied };

export async function showSession(
  ports: UsedPorts,
  { ref, by }: { readonly ref: string; readonly by: Person },
): Promise<SessionOutcome> {
  const onHost = await ports.hostStates.find(ref);
  const access = await authorize(ports, by, {
    right: 'view',
    about: onHost && { session: onHost.tracked.session },
  });
  if (!access.allowed) return { is: 'denied', denied: access };
  if (!onHost) return { is: 'not-tracked' };
  const { tracked, hostState } = onHost;
  const { session } = tracked;
  const others = othersOfTunnel(hostState, tracked).map(({ ref: other }) => other);
  const ofTunnel = hostState.trackedSessions.filter((one) => one === tracked || others.includes(one.ref));
  const alertId = tracked.alertId ?? ofTunnel.find((one) => one.alertId !== undefined)?.alertId;
  const [alert, request, earlier, polling, owner, logStanding] = await Promise.all([
    alertId === undefined ? undefined : ports.alerts.get(alertId),
    ports.requests.openOf(tracked),
    readEarlier(ports, session),
    readPolling(ports),
    knowOwner(ports, session),
    ports.logAsks.last(),
  ]);
  return {
    is: 'found',
    onHost,
    ...(alert && { alert }),
    ...(request && { request }),
    earlier,
    polling,
    owner,
    ...(logStanding?.trouble && { logTrouble: logStanding.trouble }),
    alike: others.length,
  };
}
