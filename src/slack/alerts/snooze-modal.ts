import type { ModalView, PlainTextOption } from '@slack/types';
import type { Alert } from '../../domain/alerts/alert.ts';
import { nameLength } from '../../wording/foreign.ts';
import { reasonLength } from '../../wording/reason.ts';
import { openSince, sessionName } from '../../wording/session-facts.ts';
import { bold, words } from '../../wording/words.ts';
import { lines } from '../kit/blocks.ts';
import { plainText } from '../kit/plain-text.ts';

/** `private_metadata` is the alert's id. */
export const snoozeCallback = 'snooze';
export const snoozeLengthBlock = 'snooze_length';
export const snoozeTimeBlock = 'snooze_time';
export const snoozeReasonBlock = 'snooze_reason';

export interface SnoozeForm {
  readonly alert: Alert;
  readonly tomorrowAt: number;
  readonly timeZone: string;
}

const hourMs = 3_600_000;

export function snoozeModal({ alert, tomorrowAt, timeZone }: SnoozeForm): ModalView {
  const { id, session, hostName } = alert;
  const oneHour = option('1 hour', `for ${hourMs}`);
  const tomorrow = {
    ...option('Until tomorrow 09:00', `until ${tomorrowAt}`),
    description: plainText(`In your time zone, ${timeZone}`, 75),
  };
  return {
    type: 'modal',
    callback_id: snoozeCallback,
    private_metadata: id,
    title: plainText('Snooze', 24),
    submit: plainText('Snooze', 24),
    close: plainText('Cancel', 24),
    blocks: [
      lines(
        words`${bold(words`${sessionName(session)}`)} through ${hostName}, open since ${openSince(session)}`,
      ),
      lines(
        words`A snoozed alert calls nobody. If the session is still open afterwards, you are told in the thread of the card.`,
      ),
      {
        type: 'input',
        block_id: snoozeLengthBlock,
        label: plainText('How long', nameLength),
        element: {
          type: 'radio_buttons',
          action_id: 'length',
          options: [oneHour, option('4 hours', `for ${4 * hourMs}`), tomorrow],
          initial_option: oneHour,
        },
      },
      {
        type: 'input',
        block_id: snoozeTimeBlock,
        optional: true,
        label: plainText('Or until another time', nameLength),
        hint: plainText('A time picked here counts in place of the choice above; 7 days at most.', 150),
        element: { type: 'datetimepicker', action_id: 'time' },
      },
      {
        type: 'input',
        block_id: snoozeReasonBlock,
        label: plainText('Reason', nameLength),
        hint: plainText('Shown on the card, and kept in the record.', 150),
        element: {
          type: 'plain_text_input',
          action_id: 'reason',
          max_length: reasonLength,
          focus_on_load: true,
        },
      },
    ],
  };
}

function option(text: string, value: string): PlainTextOption {
  return { text: plainText(text, 75), value };
}

/** The end of the snooze that an option of the form stands for; undefined for what no form of ours carries. */
export function snoozeEnd(value: string, now: number): number | undefined {
  const [, kind, digits] = /^(for|until) (\d{1,15})$/.exec(value) ?? [];
  return kind === undefined ? undefined : Number(digits) + (kind === 'for' ? now : 0);
}
