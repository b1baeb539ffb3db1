import type { KnownBlock } from '@slack/types';
import type { ListedRow } from '../../domain/sessions/list.ts';
import { dot } from '../../wording/origin.ts';
import type { LineRoom } from '../../wording/session-line.ts';
import { attentionLine, lastingLine, wayLine } from '../../wording/session-line.ts';
import { tunnelSentence } from '../../wording/tunnel.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { rowButtons } from './row-buttons.ts';

export interface RowRoom extends LineRoom {
  /** Where the host is named above its rows, no row names it. */
  readonly namesHost: boolean;
  /** Ages as of then; without it instants only, for what stays on a screen as time passes. */
  readonly now?: number;
}

/** One session of the list: who, where and how long; the way there and who is behind it; and what can be done. */
export function sessionRow(row: ListedRow, offer: DisconnectOffer, room: RowRoom): readonly KnownBlock[] {
  const { session, hostName, count, isStale } = row;
  const { now, name } = room;
  const more = [
    wayLine(session, room.namesHost ? hostName : undefined, room),
    ...(count > 1 ? [bold(words`${tunnelSentence(count)}`)] : []),
    ...(isStale ? [words`not confirmed`] : []),
  ];
  return [
    lines(now === undefined ? lastingLine(row, name) : attentionLine(row, name, now), joined(more, dot)),
    rowButtons(row, offer, name),
  ];
}
