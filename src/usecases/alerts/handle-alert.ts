import type { Alert } from '../../domain/alerts/alert.ts';
import type { HandlingRefusal, HandlingVerb } from '../../domain/alerts/handle.ts';
import { handle } from '../../domain/alerts/handle.ts';
import type { AlertStep } from '../../domain/alerts/handling.ts';
import { aboutAlert } from '../../domain/audit/about.ts';
import { auditOfStep } from '../../domain/audit/entry.ts';
import { cardsOfAlert } from '../../domain/cards/of-subject.ts';
import type { AccessDenied } from '../../domain/people/access.ts';
import type { Person } from '../../domain/people/person.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { authorize } from '../people/authorize.ts';
import { identify } from '../people/identify.ts';
import { withIds } from '../people/with-ids.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'clock' | 'jobs'> & Needs<typeof authorize> & Needs<typeof identify>;

export type HandlingOutcome =
  | { readonly is: 'handled'; readonly alert: Alert }
  | { readonly is: 'refused'; readonly because: HandlingRefusal; readonly alert: Alert }
  | { readonly is: 'denied'; readonly denied: AccessDenied }
  | { readonly is: 'unknown-alert' };

/** Needs the right to disconnect: handling keeps an alert from ringing, which is for those who can do something about it. */
export async function handleAlert(
  ports: UsedPorts,
  { alertId, verb, by }: { readonly alertId: string; readonly verb: HandlingVerb; readonly by: Person },
): Promise<HandlingOutcome> {
  const { alerts, clock } = ports;
  const access = await authorize(ports, by, {
    right: 'disconnect',
    about: aboutAlert(alertId, await alerts.get(alertId)),
  });
  if (!access.allowed) return { is: 'denied', denied: access };
  for (;;) {
    const alert = await alerts.get(alertId);
    if (!alert) return { is: 'unknown-alert' };
    const { handling } = alert;
    const known = await identify(ports, [by.id, 'by' in handling ? handling.by : undefined]);
    const decision = handle(alert, verb, { handler: { id: by.id, known }, now: clock() });
    if (!decision.accepted) return { is: 'refused', because: decision.because, alert };
    if (await saveStep(ports, decision)) return { is: 'handled', alert: decision.next };
  }
}

/** Stores an alert's next state with its audit entry and sets the worker going. False when somebody else was faster. */
export async function saveStep(
  { alerts, jobs, log, people }: Pick<Ports, 'alerts' | 'jobs' | 'log' | 'people'>,
  { next, step }: { readonly next: Alert; readonly step: AlertStep },
): Promise<boolean> {
  const entry = await withIds({ people }, auditOfStep(next, step));
  if ((await alerts.save(next, entry)) === 'conflict') return false;
  log.info({ ...entry }, 'moved an alert on');
  await jobs.enqueue(cardsOfAlert(next).map((key) => ({ kind: 'card', key }) as const));
  return true;
}
