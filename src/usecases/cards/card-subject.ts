import type { Alert } from '../../domain/alerts/alert.ts';
import type { Place } from '../../domain/cards/card.ts';
import type { CardContent, CardContents } from '../../domain/cards/content.ts';
import type { CardKey, CardKind } from '../../domain/cards/kinds.ts';
import { cards } from '../../domain/cards/kinds.ts';
import type { UserId } from '../../domain/people/person.ts';
import { batchVersion, tellsRequester } from '../../domain/requests/batch.ts';
import { asAsked } from '../../domain/requests/unasked.ts';
import { asShown } from '../../domain/requests/waiting.ts';
import { ownerSaid } from '../../domain/requests/owner-said.ts';
import type { Ports } from '../../ports/ports.ts';
import type { Needs } from '../needs.ts';
import { tellOwner } from './tell-owner.ts';
import { tellOutage, tellSilence } from './tell-silence.ts';
import { tellsUnasked } from './tell-unasked.ts';

type UsedPorts = Pick<Ports, 'alerts' | 'batches' | 'cards' | 'commandNames' | 'policy' | 'requests'> &
  Needs<typeof tellOutage> &
  Needs<typeof tellOwner> &
  Needs<typeof tellSilence> &
  Needs<typeof tellsUnasked>;

export interface CardSubject {
  readonly version: number;
  /** Undefined while the message is not there in whose thread the card belongs; it may be soon. */
  readonly place: Place | undefined;
  readonly placeComesInMs: number;
  /** Undefined where nobody needs to see the card any more. */
  readonly content: CardContent | undefined;
  /** When to see whether somebody needs to, where that cannot be known yet. */
  readonly askAgainAt?: number;
}

/** Undefined where nothing is kept of the card's subject. */
export async function cardSubject(ports: UsedPorts, key: CardKey): Promise<CardSubject | undefined> {
  const found = await find(ports, key.card, key);
  if (!found) return undefined;
  const { to, ...subject } = found;
  if (cards[key.card].place === 'thread') return inThread(ports, key, subject);
  return { ...subject, place: placeOf(ports, key, to), placeComesInMs };
}

const placeComesInMs = 5000;
/** What keeps the message away that is replied to is something that a person has to put right. */
const placeComesLateInMs = 60_000;

/** A reply to a message that was deleted, and that is not posted anew, needs nobody any more. */
async function inThread(
  ports: UsedPorts,
  key: CardKey,
  subject: Omit<CardSubject, 'place' | 'placeComesInMs'>,
): Promise<CardSubject> {
  const { message, posting, shown, trouble } = await ports.cards.get({ card: 'alert', id: key.id });
  if (message) {
    const place = { channel: message.channel, thread: message.message };
    return { ...subject, place, placeComesInMs };
  }
  const comes = posting !== undefined || shown < subject.version || (await mayStandAlone(ports, key));
  return {
    ...subject,
    content: comes ? subject.content : undefined,
    place: undefined,
    placeComesInMs: trouble ? placeComesLateInMs : placeComesInMs,
  };
}

async function find<Kind extends CardKind>(ports: UsedPorts, card: Kind, key: CardKey) {
  const found = await readers[card](ports, key);
  if (!found) return undefined;
  const content: CardContent<Kind> | undefined = found.content && { card, ...found.content };
  return { ...found, content };
}

interface Found<Kind extends CardKind> {
  readonly version: number;
  readonly content: CardContents[Kind] | undefined;
  readonly to?: UserId;
  readonly askAgainAt?: number;
}

type Reader<Kind extends CardKind> = (ports: UsedPorts, key: CardKey) => Promise<Found<Kind> | undefined>;

const readers: { readonly [Kind in CardKind]: Reader<Kind> } = {
  alert: async (ports, { id }) => offering(ports, await ofAlert(ports, id, (alert) => ({ alert }))),
  'alert-steps': async (ports, { id }) => ofAlert(ports, id, (alert) => ({ alert })),
  'alert-wake': async (ports, { id, at }) => ofAlert(ports, id, (alert) => wakeAt(alert, at)),
  silence: async (ports, { id }) => tellSilence(ports, id),
  outage: async (ports, { id }) => tellOutage(ports, id),
  request: async (ports, { id }) => offering(ports, asking(ports, await ofRequest(ports, id))),
  outcome: async (ports, { id }) => ofRequest(ports, id),
  unasked: async (ports, key) => {
    const found = await ofRequest(ports, key.id);
    const tells = found && (await tellsUnasked(ports, key, [found.content.request]));
    return found && (tells ? found : { ...found, content: undefined });
  },
  'owner-told': async (ports, { id }) => tellOwner(ports, id),
  batch: async (ports, { id }) =>
    withCommand(ports, offering(ports, askingAll(ports, await ofBatch(ports, id)))),
  'batch-outcome': async (ports, { id }) => {
    const found = await ofBatch(ports, id);
    return found && (tellsRequester(found.content.members) ? found : { ...found, content: undefined });
  },
  'batch-unasked': async (ports, key) => {
    const found = await ofBatch(ports, key.id);
    const tells = found && (await tellsUnasked(ports, key, found.content.members));
    return found && (tells ? found : { ...found, content: undefined });
  },
};

function offering<Content, Rest>(
  { policy }: UsedPorts,
  found: ({ readonly content: Content } & Rest) | undefined,
) {
  const { approval } = policy.disconnect;
  return found && { ...found, content: { ...found.content, approval } };
}

/** Everybody who reads the card is asked. */
function asking({ policy }: UsedPorts, found: Awaited<ReturnType<typeof ofRequest>>) {
  if (!found) return undefined;
  const request = asAsked(found.content.request);
  return { ...found, content: { request, owner: ownerSaid(policy, request) } };
}

function askingAll({ policy }: UsedPorts, found: Awaited<ReturnType<typeof ofBatch>>) {
  if (!found) return undefined;
  const members = found.content.members.map(asAsked);
  const owners = new Map(members.map((member) => [member.id, ownerSaid(policy, member)]));
  return { ...found, content: { ...found.content, members, owners } };
}

/** With the name of the command that shows what a full card leaves out. */
async function withCommand<Content, Rest>(
  { commandNames }: UsedPorts,
  found: ({ readonly content: Content } & Rest) | undefined,
) {
  if (!found) return undefined;
  const command = await commandNames.last();
  return { ...found, content: { ...found.content, ...(command !== undefined && { command }) } };
}

async function ofAlert<Content>({ alerts }: UsedPorts, id: string, show: (alert: Alert) => Content) {
  const alert = await alerts.get(id);
  return alert && { version: alert.version, content: show(alert) };
}

function wakeAt(alert: Alert, at: number | undefined): CardContents['alert-wake'] | undefined {
  const { handling } = alert;
  return handling.is === 'woken' && handling.until === at ? { alert, snooze: handling } : undefined;
}

async function ofRequest({ requests }: UsedPorts, id: string) {
  const request = await requests.get(id);
  return (
    request && {
      version: request.version,
      to: request.requester,
      content: { request: asShown(request) },
    }
  );
}

async function ofBatch({ batches, requests }: UsedPorts, id: string) {
  const batch = await batches.get(id);
  if (!batch) return undefined;
  const members = (await requests.many(batch.requestIds)).map(asShown);
  return { version: batchVersion(members), to: batch.requester, content: { batch, members } };
}

/** A post of it whose answer was lost may stand in the channel for itself, and is looked for first. */
async function mayStandAlone({ cards: kept }: UsedPorts, key: CardKey): Promise<boolean> {
  return (await kept.get(key)).posting?.to !== undefined;
}

function placeOf({ policy }: UsedPorts, { card }: CardKey, to: UserId | undefined): Place | undefined {
  const { place } = cards[card];
  switch (place) {
    case 'alerts':
    case 'approvals':
      return { channel: policy.channels[place] };
    case 'requester':
    case 'owner':
      return to === undefined ? undefined : { user: to };
    case 'thread':
      return undefined;
  }
}
