import type { KnownBlock } from '@slack/types';
import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import type { ListedRow, SessionList } from '../../domain/sessions/list.ts';
import { counted } from '../../wording/counted.ts';
import { filterLines, filterSentences } from '../../wording/filter-lines.ts';
import { orderLine } from '../../wording/order-line.ts';
import { inert } from '../../wording/foreign.ts';
import { pollingLines } from '../../wording/polling-standing.ts';
import type { LineRoom } from '../../wording/session-line.ts';
import { atSecond } from '../../wording/time.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import type { DisconnectOffer } from '../requests/ask-button.ts';
import { searchProblems, unreadHosts } from './host-lines.ts';
import { readingAges } from './reading-ages.ts';
import { listSummary } from './list-summary.ts';
import { sessionRow } from './row.ts';
import { listActions } from './list-buttons.ts';

/** How long names and lines may be, and how many of each kind of place and of mistakes are named. */
interface Room extends LineRoom {
  readonly places: number;
  readonly mistakes: number;
}

const rooms: readonly [Room, ...Room[]] = [
  { name: 80, line: 96, places: 20, mistakes: 5 },
  { name: 48, line: 96, places: 6, mistakes: 5 },
  { name: 40, line: 96, places: 2, mistakes: 3 },
  { name: 24, line: 72, places: 2, mistakes: 2 },
  { name: 16, line: 60, places: 1, mistakes: 1 },
  { name: 6, line: 0, places: 0, mistakes: 1 },
];

export interface ListOptions {
  readonly offer: DisconnectOffer;
  readonly mistakes?: readonly FilterMistake[];
  readonly polling?: PollingStanding;
}

/** The private answer to `/bastion sessions`: ages are fine in it, for nobody edits it later. */
export function sessionListView(list: SessionList, options: ListOptions): Message {
  return firstThatFits(rooms, (room) => listInRoom(list, options, room));
}

function listInRoom(
  list: SessionList,
  { offer, mistakes = [], polling = { is: 'on-time' } }: ListOptions,
  room: Room,
): Message {
  const unpolled = pollingLines(polling);
  const { rows, hosts, problems, now, filter } = list;
  const summary = listSummary(list);
  const asked = { ...list, mistakes };
  const filtered = filterLines(asked, room.mistakes);
  const order = [
    ...(list.pages > 1 || filter.sort || filter.groupByHost ? [orderLine(filter)] : []),
    ...(list.pages > 1 ? [`page ${list.page + 1} of ${list.pages}`] : []),
  ].join(', ');
  const unsaid = [
    ...unreadHosts(hosts, room.places, room.name),
    ...searchProblems(problems, room.places, room.name),
  ];
  const ages = readingAges(hosts, now, room.name);
  return {
    text: spoken(joined([...unpolled, words`${summary}.`, ...filterSentences(asked, room.mistakes)], ' ')),
    blocks: [
      ...(unpolled.length > 0 ? [lines(...unpolled)] : []),
      lines(
        bold(summary),
        words`As of ${atSecond(now)}${ages}`,
        ...unsaid,
        ...(order === '' ? [] : [words`${order}`]),
      ),
      ...(filtered.length > 0 ? [lines(...filtered)] : []),
      ...rows.flatMap((row, index) => rowBlocks(list, { row, above: rows[index - 1] }, { offer, room })),
      listActions(list, offer),
    ],
  };
}

/** The row, below the name of its host where that is another one than above. */
function rowBlocks(
  { filter, now }: SessionList,
  { row, above }: { readonly row: ListedRow; readonly above: ListedRow | undefined },
  { offer, room }: { readonly offer: DisconnectOffer; readonly room: Room },
): readonly KnownBlock[] {
  const isFirst = filter.groupByHost && above?.session.hostId !== row.session.hostId;
  const host = words`${inert(row.hostName, room.name)}: ${counted(row.onHost, 'session')}`;
  const shown = sessionRow(row, offer, { ...room, namesHost: !filter.groupByHost, now });
  return isFirst ? [lines(bold(host)), ...shown] : shown;
}
