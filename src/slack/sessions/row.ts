import type { MrkdwnElement, SectionBlock } from '@slack/types';
import type { ListedRow } from '../../domain/sessions/list.ts';
import { counted } from '../../wording/counted.ts';
import { inert } from '../../wording/foreign.ts';
import type { Session } from '../../domain/sessions/session.ts';
import type { OriginRoom } from '../../wording/origin.ts';
import { originLine } from '../../wording/origin.ts';
import { age, fullSessionName, openSince, protocolName } from '../../wording/session-facts.ts';
import { at, duration } from '../../wording/time.ts';
import { words } from '../../wording/words.ts';
import { spoken } from '../kit/spoken.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { rowMenu } from './row-menu.ts';

const protocolLength = 16;

export interface RowRoom extends OriginRoom {
  /** Where the host is named above its rows, no row names it. */
  readonly namesHost: boolean;
  /** Ages as of then; without it instants only, for what stays on a screen as time passes. */
  readonly now?: number;
}

/** One session of the list: what comes from outside as plain text, our own words with dates in fields of their own. */
export function sessionRow(row: ListedRow, offer: DisconnectOffer, room: RowRoom): SectionBlock {
  const { session, hostName } = row;
  const text = rowText(session, room.namesHost ? hostName : undefined, room);
  return {
    type: 'section',
    text: { type: 'plain_text', text, emoji: false },
    fields: rowFields(row, room.now),
    accessory: rowMenu(row, offer),
  };
}

/** Who on which machine, how they get there, and who is behind it from where: a line each, for phones too. */
export function rowText(session: Session, hostName: string | undefined, room: OriginRoom): string {
  const through = hostName === undefined ? '' : ` through ${inert(hostName, room.name)}`;
  const where = `${inert(protocolName(session), protocolLength)}${through}`;
  const origin = originLine(session, room);
  return [fullSessionName(session, room.name), where, ...(origin === undefined ? [] : [origin])].join('\n');
}

function rowFields(row: ListedRow, now: number | undefined): MrkdwnElement[] {
  const { session, count, isOverLimit, warnAfterMs, isStale, readAt } = row;
  const marks = [
    ...(count > 1 ? [`*${counted(count, 'session')}, probably left over*`] : []),
    ...(isOverLimit && warnAfterMs !== undefined ? [`*over its limit of ${duration(warnAfterMs)}*`] : []),
    ...(isStale ? [spoken(words`not confirmed since ${at(readAt)}`)] : []),
    ...(session.sessionId === '' ? ['cannot be ended from here: Azure gives it no id'] : []),
  ];
  const since = spoken(words`since ${openSince(session)}`);
  return [now === undefined ? since : `${since}\n${age(session, now)}`, marks.join('\n')]
    .filter((text) => text !== '')
    .map((text) => ({ type: 'mrkdwn', text, verbatim: true }));
}
