import type { Alert } from '../../domain/alerts/alert.ts';
import { isOpen } from '../../domain/alerts/alert.ts';
import { aboutAlert } from '../../domain/audit/about.ts';
import { knownZone, tomorrowMorning } from '../../domain/kit/time-zone.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'clock' | 'people'> & Needs<typeof authorize>;

export interface SnoozeOffer {
  readonly alert: Alert;
  readonly tomorrowAt: number;
  readonly timeZone: string;
}

export type SnoozeOfferOutcome =
  | ({ readonly is: 'offered' } & SnoozeOffer)
  | { readonly is: 'refused'; readonly because: 'closed'; readonly alert: Alert }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown-alert' };

export async function offerSnooze(
  ports: UsedPorts,
  { alertId, by }: { readonly alertId: string; readonly by: Person },
): Promise<SnoozeOfferOutcome> {
  const { alerts, clock, people } = ports;
  const alert = await alerts.get(alertId);
  const access = await authorize(ports, by, { right: 'disconnect', about: aboutAlert(alertId, alert) });
  if (!access.allowed) return { is: 'denied', denied: access };
  if (!alert) return { is: 'unknown-alert' };
  if (!isOpen(alert)) return { is: 'refused', because: 'closed', alert };
  const lookup = await people.person(by.id, 'showing');
  const timeZone = knownZone(lookup.ok ? lookup.value.timeZone : undefined);
  return { is: 'offered', alert, timeZone, tomorrowAt: tomorrowMorning(clock(), timeZone) };
}
