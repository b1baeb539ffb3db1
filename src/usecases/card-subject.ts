import type { Alert } from '../domain/alert.ts';
import { batchVersion, tellsRequester } from '../domain/batch.ts';
import type { CardContent, CardKey, Place } from '../domain/card.ts';
import { wakeRole } from '../domain/card.ts';
import type { Ports } from '../ports/ports.ts';

/** What a card is to show, and where. */
export interface CardSubject {
  readonly version: number;
  /** Undefined while the message is not there in whose thread the card belongs. */
  readonly place: Place | undefined;
  /** Undefined where nobody needs to see the card any more. */
  readonly content: CardContent | undefined;
}

/** Undefined where nothing is kept of the card's subject. */
export async function cardSubject(ports: Ports, key: CardKey): Promise<CardSubject | undefined> {
  const { alerts, blindnesses, policy, requests } = ports;
  const { channels } = policy;
  if (key.subject === 'alert') {
    const alert = await alerts.get(key.id);
    if (!alert) return undefined;
    const place = key.role === 'alerts' ? { channel: channels.alerts } : await threadOf(ports, alert);
    return { version: alert.version, place, content: alertContent(alert, key, ports) };
  }
  if (key.subject === 'batch') return batchSubject(ports, key);
  if (key.subject === 'blindness') {
    const blindness = await blindnesses.get(key.id);
    const place = { channel: channels.alerts };
    return blindness && { version: blindness.version, place, content: { card: 'blindness', blindness } };
  }
  const request = await requests.get(key.id);
  if (!request) return undefined;
  const isForRequester = key.role === 'requester';
  return {
    version: request.version,
    place: isForRequester ? { user: request.requester } : { channel: channels.approvals },
    content: { card: isForRequester ? 'outcome' : 'request', request },
  };
}

async function batchSubject(
  { batches, policy, requests }: Ports,
  { id, role }: CardKey,
): Promise<CardSubject | undefined> {
  const batch = await batches.get(id);
  if (!batch) return undefined;
  const members = await requests.many(batch.requestIds);
  const version = batchVersion(members);
  if (role !== 'requester') {
    return {
      version,
      place: { channel: policy.channels.approvals },
      content: { card: 'batch', batch, members },
    };
  }
  const content = tellsRequester(members) ? ({ card: 'batch-outcome', batch, members } as const) : undefined;
  return { version, place: { user: batch.requester }, content };
}

function alertContent(alert: Alert, { role }: CardKey, { policy }: Ports): CardContent | undefined {
  if (role === 'alerts') return { card: 'alert', alert, approval: policy.disconnect.approval };
  if (role === 'steps') return { card: 'alert-steps', alert };
  const { handling } = alert;
  const isThisWake = handling.is === 'woken' && wakeRole(handling) === role;
  return isThisWake ? { card: 'alert-wake', alert, snooze: handling } : undefined;
}

async function threadOf({ cards }: Ports, { id }: Alert): Promise<Place | undefined> {
  const { message } = await cards.get({ subject: 'alert', id, role: 'alerts' });
  return message && { channel: message.channel, thread: message.message };
}
