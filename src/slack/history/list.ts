import type { ActionsBlock } from '@slack/types';
import type { HistoryList } from '../../domain/history/list.ts';
import { totalOf } from '../../domain/history/list.ts';
import { historyText } from '../../domain/history/query-text.ts';
import { isNarrow } from '../../domain/sessions/filter.ts';
import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import { counted } from '../../wording/counted.ts';
import { filterLines, filterSentences } from '../../wording/filter-lines.ts';
import type { LineRoom } from '../../wording/session-line.ts';
import { at, duration } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { actions, aside, button, lines } from '../kit/blocks.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { pastRow } from './past-row.ts';
import { chartOf, endingsInWords, periodsInWords } from './period-chart.ts';

/** The value of each button is a page and what was asked for, as `historyValue` writes it. */
export const historyPreviousAction = 'history_previous_page';
export const historyNextAction = 'history_next_page';

interface Room extends LineRoom {
  readonly mistakes: number;
}

const rooms: readonly [Room, ...Room[]] = [
  { name: 80, line: 160, mistakes: 5 },
  { name: 40, line: 130, mistakes: 3 },
  { name: 20, line: 72, mistakes: 2 },
  { name: 12, line: 24, mistakes: 1 },
];

export function historyView(list: HistoryList, mistakes: readonly FilterMistake[] = []): Message {
  return firstThatFits(rooms, (room) => historyInRoom(list, mistakes, room));
}

function historyInRoom(list: HistoryList, mistakes: readonly FilterMistake[], room: Room): Message {
  const { rows, query, sessions, totals, periods, page, pages } = list;
  const [summary, ...more] = summaryLines(list);
  const asked = { filter: query.filter, matching: totalOf(totals), sessions, mistakes };
  const filtered = filterLines(asked, room.mistakes);
  const hasRows = rows.length > 0;
  return {
    text: spoken(
      joined([...summaryLines(list).map(sentence), ...filterSentences(asked, room.mistakes)], ' '),
    ),
    blocks: [
      lines(
        bold(summary),
        ...more,
        ...(list.isCut ? [words`Older ones were not looked at: there are too many.`] : []),
        ...(pages > 1 ? [words`Page ${page + 1} of ${pages}`] : []),
      ),
      ...(filtered.length > 0 ? [lines(...filtered)] : []),
      ...(hasRows ? [chartOf(periods), aside(periodsInWords(periods))] : []),
      ...rows.map((row) => pastRow(row, room)),
      ...(pages > 1 ? [pageActions(list)] : []),
    ],
  };
}

function summaryLines({
  since,
  totals,
  longestMs,
  query,
}: HistoryList): readonly [headline: Words, ...more: readonly Words[]] {
  const total = totalOf(totals);
  if (total > 0) {
    return [
      words`${counted(total, 'session')} ended since ${at(since)}`,
      words`${endingsInWords(totals)}; the longest lasted ${duration(longestMs)}`,
    ];
  }
  const none = isNarrow(query.filter) ? 'No such session' : 'No session';
  return [words`${none} has ended since ${at(since)}`];
}

function sentence(said: Words): Words {
  return words`${said}.`;
}

function pageActions({ page, pages, query }: HistoryList): ActionsBlock {
  const showing = (wanted: number) => `${wanted} ${historyText(query)}`;
  return actions(
    ...(page > 0
      ? [
          button(
            'Previous page',
            historyPreviousAction,
            showing(page - 1),
            `Show page ${page} of the history`,
          ),
        ]
      : []),
    ...(page < pages - 1
      ? [button('Next page', historyNextAction, showing(page + 1), `Show page ${page + 2} of the history`)]
      : []),
  );
}
