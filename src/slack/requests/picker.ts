import type { Checkboxes, InputBlock, KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import type { PollingStanding } from '../../domain/hosts/polling-standing.ts';
import { batchSize } from '../../domain/requests/batch.ts';
import type { PickRow, SessionPick } from '../../domain/requests/pick.ts';
import { isNarrow } from '../../domain/sessions/filter.ts';
import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import { filterLength, filterText } from '../../domain/sessions/filter-text.ts';
import { counted } from '../../wording/counted.ts';
import { filterCode, filterHints } from '../../wording/filter-lines.ts';
import { orderLine } from '../../wording/order-line.ts';
import { mistakeLines } from '../../wording/filter-mistakes.ts';
import { inert } from '../../wording/foreign.ts';
import { dot, originWithin } from '../../wording/origin.ts';
import { pollingLines } from '../../wording/polling-standing.ts';
import { age, fullSessionName, protocolName } from '../../wording/session-facts.ts';
import { usualCommand } from '../../wording/slash-command.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { actions, button, lines } from '../kit/blocks.ts';
import { listValue } from '../kit/list-value.ts';
import { plainText } from '../kit/plain-text.ts';
import type { DisconnectForm } from './ask-modal.ts';
import { consequence, reasonInput } from './ask-modal.ts';

/** `private_metadata` is a `listValue`: the page and the filter that are shown. */
export const pickerCallback = 'sessions_pick';
export const pickerPreviousAction = 'pick_previous_page';
export const pickerNextAction = 'pick_next_page';
export const pickerRefreshAction = 'pick_refresh';
export const pickerFilterAction = 'pick_filter';
export const pickerFilterBlock = 'pick_filter';

export interface Picker extends Pick<DisconnectForm, 'approval' | 'approvers' | 'expiresAfterMs'> {
  readonly pick: SessionPick;
  readonly mistakes: readonly FilterMistake[];
  readonly polling?: PollingStanding;
  readonly command?: string;
}

/** What is picked stands, ticked, on top of every page: the form is all that remembers it, and check boxes are best on a phone. */
export function pickerModal({
  pick,
  mistakes,
  polling = { is: 'on-time' },
  command = usualCommand,
  ...terms
}: Picker): ModalView {
  const { picked, rows, page, filter } = pick;
  const first = page * batchSize;
  const label = (from: number, to: number) => `Sessions ${first + from}–${first + to} of ${pick.matching}`;
  return {
    type: 'modal',
    callback_id: pickerCallback,
    private_metadata: listValue({ page, filter }),
    title: plainText('Select several', 24),
    submit: plainText(terms.approval === 'none' ? 'Disconnect' : 'Send request', 24),
    close: plainText('Keep', 24),
    blocks: [
      lines(...pollingLines(polling), bold(headline(pick)), ...said(pick, mistakes)),
      filterInput(pick, command),
      ...checkboxes('picked', picked, {
        areTicked: true,
        now: pick.now,
        label: (from, to) => `Picked ${from}–${to} of ${picked.length}`,
      }),
      ...checkboxes('others', rows, { areTicked: false, now: pick.now, label }),
      pageActions(pick),
      lines(consequence(terms, 'each session')),
      reasonInput(terms.approval),
    ],
  };
}

function headline({ picked, pages }: SessionPick): Words {
  const more = picked.length - batchSize;
  if (more > 0) return words`${picked.length} picked, ${batchSize} is the most: untick ${more}`;
  const pagesToo = pages > 1 ? words`, on as many pages as you like` : [];
  return picked.length === 0
    ? words`Tick up to ${batchSize} sessions${pagesToo}`
    : words`${picked.length} of at most ${batchSize} picked`;
}

function said(
  { picked, over, filter, matching, page, pages }: SessionPick,
  mistakes: readonly FilterMistake[],
) {
  const isFull = picked.length > batchSize;
  const none = isNarrow(filter)
    ? words`No other session fits ${filterCode(filter)}`
    : words`No other session is open`;
  return [
    ...mistakeLines(mistakes, 5),
    ...(over > 0 ? [words`${counted(over, 'picked session')} no longer open: not picked any more`] : []),
    ...(isFull ? [words`The others are shown again then.`] : []),
    ...(matching === 0 && !isFull ? [none, ...filterHints(filter)] : []),
    ...(pages > 1 ? [words`${orderLine(filter)}, page ${page + 1} of ${pages}`] : []),
  ];
}

function filterInput({ filter }: SessionPick, command: string): InputBlock {
  const typed = filterText(filter);
  return {
    type: 'input',
    block_id: pickerFilterBlock,
    optional: true,
    dispatch_action: true,
    label: plainText('Show only', 150),
    hint: plainText(`As after ${command} sessions: host:prod older:4h. Enter or Refresh applies it.`, 150),
    element: {
      type: 'plain_text_input',
      action_id: pickerFilterAction,
      max_length: filterLength,
      ...(typed !== '' && { initial_value: typed }),
      dispatch_action_config: { trigger_actions_on: ['on_enter_pressed'] },
    },
  };
}

/** Slack takes ten to a group. A group that is shown anew needs a new id, or clients keep what was ticked before. */
const boxesPerGroup = 10;

function checkboxes(
  name: string,
  rows: readonly PickRow[],
  {
    areTicked,
    now,
    label,
  }: {
    readonly areTicked: boolean;
    readonly now: number;
    readonly label: (from: number, to: number) => string;
  },
): readonly InputBlock[] {
  const groups = Math.ceil(rows.length / boxesPerGroup);
  return Array.from({ length: groups }, (_, index): InputBlock => {
    const from = index * boxesPerGroup;
    const options = rows.slice(from, from + boxesPerGroup).map((row) => option(row, now));
    const element: Checkboxes = {
      type: 'checkboxes',
      action_id: 'sessions',
      options,
      ...(areTicked && { initial_options: options }),
    };
    return {
      type: 'input',
      block_id: `${name}-${index}-${now}`,
      optional: true,
      label: plainText(label(from + 1, from + options.length), 150),
      element,
    };
  });
}

const optionLength = 75;

function option(
  { ref, session, hostName, attention, isStale, count }: PickRow,
  now: number,
): PlainTextOption {
  const marks = [
    ...(count > 1 ? [`${count} of one tunnel`] : []),
    ...(attention === 'over-limit' ? ['over the limit'] : []),
    ...(isStale ? ['not confirmed'] : []),
  ];
  const said = [age(session, now), ...marks, inert(protocolName(session), 8), inert(hostName, 80)];
  const origin = originWithin(session, optionLength - said.join(dot).length - dot.length);
  const about = [...said, ...(origin === undefined ? [] : [origin])].join(dot);
  return {
    text: plainText(fullSessionName(session, 34), optionLength),
    description: plainText(about, optionLength),
    value: ref,
  };
}

function pageActions({ page, pages }: SessionPick): KnownBlock {
  return actions(
    ...(page > 0
      ? [button('Previous page', pickerPreviousAction, String(page - 1), `Show page ${page} of the sessions`)]
      : []),
    ...(page < pages - 1
      ? [button('Next page', pickerNextAction, String(page + 1), `Show page ${page + 2} of the sessions`)]
      : []),
    button('Refresh', pickerRefreshAction, String(page), 'Refresh: read all hosts again'),
  );
}
