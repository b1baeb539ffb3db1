import type { ActionsBlock, RichTextBlock } from '@slack/types';
import type { EndingCounts, HistoryList, PeriodCounts } from '../../domain/history/list.ts';
import { totalOf } from '../../domain/history/list.ts';
import type { PastSession } from '../../domain/history/past-session.ts';
import { historyText } from '../../domain/history/query-text.ts';
import { isNarrow } from '../../domain/sessions/filter.ts';
import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import type { LostReason } from '../../domain/sessions/lost.ts';
import { counted } from '../../wording/counted.ts';
import { filterLines, filterSentences } from '../../wording/filter-lines.ts';
import { person } from '../../wording/person.ts';
import { fullSessionName, lasted } from '../../wording/session-facts.ts';
import type { LineRoom } from '../../wording/session-line.ts';
import { wayLine } from '../../wording/session-line.ts';
import { at, duration } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { actions, aside, button, lines } from '../kit/blocks.ts';
import type { ChartBlock } from '../kit/chart.ts';
import { barChart } from '../kit/chart.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';

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
  { name: 12, line: 0, mistakes: 1 },
];

/** The private answer to `/bastion history`. */
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

/** Without full stops. */
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

function endingsInWords({ byItself, byBot, lost }: EndingCounts): string {
  return [
    ...(byItself > 0 ? [`${byItself} by themselves`] : []),
    ...(byBot > 0 ? [`${byBot} by the bot`] : []),
    ...(lost > 0 ? [`${lost} lost sight of`] : []),
  ].join(', ');
}

function chartOf(periods: readonly PeriodCounts[]): ChartBlock {
  const values = (of: (counts: EndingCounts) => number) => periods.map(({ counts }) => of(counts));
  const series = [
    ['By themselves', values(({ byItself }) => byItself)],
    ['By the bot', values(({ byBot }) => byBot)],
    ['Lost sight of', values(({ lost }) => lost)],
  ] as const;
  const seen = series.filter(([, numbers]) => numbers.some((number) => number > 0));
  return barChart(
    'Ended sessions',
    'Sessions',
    periods.map(({ label }) => label),
    new Map(seen),
  );
}

/** What the chart shows, for whoever does not see it. */
function periodsInWords(periods: readonly PeriodCounts[]): string {
  const told = periods
    .filter(({ counts }) => totalOf(counts) > 0)
    .map(({ label, counts }) => {
      const others = endingsInWords({ ...counts, byItself: 0 });
      return `${label}: ${totalOf(counts)}${others === '' ? '' : ` (${others})`}`;
    });
  const [first, second] = periods;
  const isByDay = !first || !second || second.from - first.from < longestDayMs;
  return `Ended, ${isByDay ? 'by day' : 'by the day from which they count'}: ${told.toReversed().join('; ')}`;
}

/** A day can have 25 hours. */
const longestDayMs = 26 * 3_600_000;

/** Who was on which machine, for how long, until when and how it ended; then how they got there. */
function pastRow(past: PastSession, room: LineRoom): RichTextBlock {
  const { session, host } = past;
  const name = bold(words`${fullSessionName(session, room.name)}`);
  return lines(
    words`${name} for ${lasted(past)}, ${endedAt(past)}, ${ending(past)}`,
    wayLine(session, host.name, room),
  );
}

function ending({ how }: PastSession): Words {
  switch (how.is) {
    case 'by-itself':
      return words`ended by itself`;
    case 'by-bot':
      return words`ended by the bot for ${person(how.requester)}`;
    case 'lost':
      return words`lost sight of: ${lostBecause(how.why)}`;
  }
}

function lostBecause(why: LostReason): string {
  switch (why) {
    case 'host-gone':
      return 'the host is gone';
    case 'unknown-too-long':
      return 'no answer for a day';
    case 'no-longer-watched':
      return 'the host is left out by now';
  }
}

/** As far as is known; of a lost one, when it was last seen. */
function endedAt({ how, seenAt, closedAt }: PastSession): Words {
  return how.is === 'lost' ? words`last seen ${at(seenAt)}` : words`until ${at(closedAt)}`;
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
