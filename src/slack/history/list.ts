import type { ActionsBlock, MrkdwnElement, SectionBlock } from '@slack/types';
import type { EndingCounts, HistoryList, PeriodCounts } from '../../domain/history/list.ts';
import { totalOf } from '../../domain/history/list.ts';
import type { PastSession } from '../../domain/history/past-session.ts';
import { historyText } from '../../domain/history/query-text.ts';
import { isNarrow } from '../../domain/sessions/filter.ts';
import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import { counted } from '../../wording/counted.ts';
import { filterLines, filterSentences } from '../../wording/filter-lines.ts';
import type { OriginRoom } from '../../wording/origin.ts';
import { person } from '../../wording/person.ts';
import { lasted, openSince } from '../../wording/session-facts.ts';
import { at, duration } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { bold, joined, words } from '../../wording/words.ts';
import { actions, aside, button, lines } from '../kit/blocks.ts';
import type { ChartBlock } from '../kit/chart.ts';
import { barChart } from '../kit/chart.ts';
import { firstThatFits } from '../kit/fit.ts';
import type { Message } from '../kit/message.ts';
import { spoken } from '../kit/spoken.ts';
import { rowText } from '../sessions/row.ts';

/** The value of each button is a page and what was asked for, as `historyValue` writes it. */
export const historyPreviousAction = 'history_previous_page';
export const historyNextAction = 'history_next_page';

interface Room extends OriginRoom {
  readonly mistakes: number;
}

const rooms: readonly [Room, ...Room[]] = [
  { name: 80, candidates: 10, mistakes: 5 },
  { name: 40, candidates: 5, mistakes: 3 },
  { name: 20, candidates: 1, mistakes: 2 },
  { name: 12, candidates: 0, mistakes: 1 },
];

/** The private answer to `/bastion history`. */
export function historyView(list: HistoryList, mistakes: readonly FilterMistake[] = []): Message {
  return firstThatFits(rooms, (room) => historyInRoom(list, mistakes, room));
}

function historyInRoom(list: HistoryList, mistakes: readonly FilterMistake[], room: Room): Message {
  const { rows, query, sessions, totals, periods, page, pages } = list;
  const summary = summaryOf(list);
  const asked = { filter: query.filter, matching: totalOf(totals), sessions, mistakes };
  const filtered = filterLines(asked, room.mistakes);
  const hasRows = rows.length > 0;
  return {
    text: spoken(joined([words`${summary}.`, ...filterSentences(asked, room.mistakes)], ' ')),
    blocks: [
      lines(
        bold(summary),
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

/** Without a full stop. */
function summaryOf({ since, totals, longestMs, query }: HistoryList): Words {
  const total = totalOf(totals);
  if (total === 0) {
    return isNarrow(query.filter)
      ? words`No such session has ended since ${at(since)}`
      : words`No session has ended since ${at(since)}`;
  }
  return words`${counted(total, 'session')} ended since ${at(since)}: ${endingsInWords(totals)}; the longest lasted ${duration(longestMs)}`;
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

function pastRow(past: PastSession, room: OriginRoom): SectionBlock {
  const text = rowText(past.session, past.host.name, room);
  const told = [words`since ${openSince(past.session)}\n${lasted(past)}`, ending(past)];
  const fields = told.map((said): MrkdwnElement => ({ type: 'mrkdwn', text: spoken(said), verbatim: true }));
  return { type: 'section', text: { type: 'plain_text', text, emoji: false }, fields };
}

function ending({ how, seenAt, closedAt }: PastSession): Words {
  switch (how.is) {
    case 'by-itself':
      return words`ended by itself\nby ${at(closedAt)}`;
    case 'by-bot':
      return words`ended by the bot\nby ${at(closedAt)}, asked for by ${person(how.requester)}`;
    case 'lost':
      return how.why === 'host-gone'
        ? words`lost sight of, the host is gone\nlast seen ${at(seenAt)}`
        : words`lost sight of, no answer for a day\nlast seen ${at(seenAt)}`;
  }
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
