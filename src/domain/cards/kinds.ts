interface CardRow {
  readonly subject: 'alert' | 'silence' | 'outage' | 'request' | 'batch';
  /** What tells the cards of one subject apart in stored names, so it never changes. */
  readonly role: string;
  /** `requester`, `owner`: a direct message; `thread`: a reply to the alert's card. */
  readonly place: 'alerts' | 'approvals' | 'requester' | 'owner' | 'thread';
  readonly recurs?: true;
}

/** Every card there is. What it shows is in `CardContents`, how it looks in `slack/`. */
export const cards = {
  alert: { subject: 'alert', role: 'alerts', place: 'alerts' },
  'alert-steps': { subject: 'alert', role: 'steps', place: 'thread' },
  'alert-wake': { subject: 'alert', role: 'wake', place: 'thread', recurs: true },
  silence: { subject: 'silence', role: 'alerts', place: 'alerts' },
  outage: { subject: 'outage', role: 'alerts', place: 'alerts' },
  request: { subject: 'request', role: 'approvals', place: 'approvals' },
  outcome: { subject: 'request', role: 'requester', place: 'requester' },
  unasked: { subject: 'request', role: 'unasked', place: 'requester' },
  'owner-told': { subject: 'request', role: 'owner', place: 'owner' },
  batch: { subject: 'batch', role: 'approvals', place: 'approvals' },
  'batch-outcome': { subject: 'batch', role: 'requester', place: 'requester' },
  'batch-unasked': { subject: 'batch', role: 'unasked', place: 'requester' },
} as const satisfies Readonly<Record<string, CardRow>>;

export type CardKind = keyof typeof cards;
export type CardSubjectKind = CardRow['subject'];

export interface CardKey {
  readonly card: CardKind;
  readonly id: string;
  readonly at?: number;
}

/** What tells the subjects apart in stored names, so it never changes. */
const writtenSubjects: Readonly<Record<CardSubjectKind, string>> = {
  alert: 'alert',
  silence: 'blindness',
  outage: 'outage',
  request: 'request',
  batch: 'batch',
};

/** A key as it lies in records and jobs; version 0.1 writes and reads it so. */
export interface WrittenKey {
  readonly subject: string;
  readonly id: string;
  readonly role: string;
}

export function writtenKey({ card, id, at }: CardKey): WrittenKey {
  const { subject, role } = cards[card];
  return { subject: writtenSubjects[subject], id, role: at === undefined ? role : `${role}-${at}` };
}

export function readWrittenKey({ subject, id, role }: WrittenKey): CardKey | undefined {
  const [, name, moment] = /^([a-z]+)(?:-(\d{1,15}))?$/.exec(role) ?? [];
  const card = kinds.find(
    (kind) => writtenSubjects[cards[kind].subject] === subject && cards[kind].role === name,
  );
  if (card === undefined || id === '' || recurs(card) !== (moment !== undefined)) return undefined;
  return { card, id, ...(moment !== undefined && { at: Number(moment) }) };
}

/** The same on one line; no two keys share it. */
export function cardName(key: CardKey, separator: ':' | '/' | '-' = ':'): string {
  const { subject, id, role } = writtenKey(key);
  return [subject, id, role].join(separator);
}

export function readCardName(name: string): CardKey | undefined {
  const [subject = '', id = '', role = '', ...more] = name.split(':');
  return more.length > 0 ? undefined : readWrittenKey({ subject, id, role });
}

const kinds = Object.keys(cards).filter(isKind);

function isKind(name: string): name is CardKind {
  return Object.hasOwn(cards, name);
}

function recurs(card: CardKind): boolean {
  const row: CardRow = cards[card];
  return row.recurs === true;
}
