import type { Alert } from '../../domain/alerts/alert.ts';
import { aboutAlert } from '../../domain/audit/about.ts';
import type { PastSession } from '../../domain/history/past-session.ts';
import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { Cut } from '../../domain/kit/cut.ts';
import type { LogStanding } from '../../domain/origins/log-standing.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import type { KnownOwner } from '../../domain/sessions/owner.ts';
import type { SessionOnHost } from '../../domain/sessions/host-state.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { readPolling } from '../hosts/read-polling.ts';
import { authorize } from '../people/authorize.ts';
import { knowOwner } from '../people/know-owner.ts';
import { readEarlier } from '../sessions/read-earlier.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'hostStates' | 'logAsks' | 'requests'> &
  Needs<typeof authorize> &
  Needs<typeof knowOwner> &
  Needs<typeof readEarlier> &
  Needs<typeof readPolling>;

export type DetailsOutcome =
  | {
      readonly is: 'found';
      readonly alert: Alert;
      readonly onHost?: SessionOnHost;
      readonly request?: DisconnectRequest;
      readonly earlier: Cut<PastSession>;
      readonly polling: PollingStanding;
      readonly owner: KnownOwner;
      readonly logTrouble?: LogStanding['trouble'];
    }
  | { readonly is: 'unknown-alert' }
  | { readonly is: 'denied'; readonly denied: AccessDenied };

/** Everything known of the session behind an alert, followed still or not. */
export async function showDetails(
  ports: UsedPorts,
  { alertId, by }: { readonly alertId: string; readonly by: Person },
): Promise<DetailsOutcome> {
  const alert = await ports.alerts.get(alertId);
  const access = await authorize(ports, by, { right: 'view', about: aboutAlert(alertId, alert) });
  if (!access.allowed) return { is: 'denied', denied: access };
  if (!alert) return { is: 'unknown-alert' };
  const [onHost, request, earlier, polling, logStanding] = await Promise.all([
    ports.hostStates.find(alert.ref),
    ports.requests.openOf(alert),
    readEarlier(ports, alert.session),
    readPolling(ports),
    ports.logAsks.last(),
  ]);
  return {
    is: 'found',
    alert,
    earlier,
    polling,
    owner: await knowOwner(ports, onHost?.tracked.session ?? alert.session),
    ...(onHost && { onHost }),
    ...(request && { request }),
    ...(logStanding?.trouble && { logTrouble: logStanding.trouble }),
  };
}
