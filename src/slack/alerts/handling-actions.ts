import type { HandlingVerb } from '../../domain/alerts/handle.ts';
import type { HandlingOutcome } from '../../usecases/alerts/handle-alert.ts';
import { handleAlert } from '../../usecases/alerts/handle-alert.ts';
import { offerSnooze } from '../../usecases/alerts/offer-snooze.ts';
import type { Action, Submission, SubmissionReply } from '../action.ts';
import { givenReason } from '../kit/given-reason.ts';
import { noticeModal } from '../kit/notice-modal.ts';
import { modal, note } from '../reply.ts';
import { openAskForm } from '../requests/ask-actions.ts';
import { openDetails } from './details-actions.ts';
import { readAlertChoice } from './menu.ts';
import { handlingRefusal } from './refusal.ts';
import {
  snoozeEnd,
  snoozeLengthBlock,
  snoozeModal,
  snoozeReasonBlock,
  snoozeTimeBlock,
} from './snooze-modal.ts';

/** The card itself shows what was done; only a click that changed nothing is answered. */
export function handlingAction(verb: HandlingVerb): Action {
  return {
    acknowledges: 'decided',
    run: async (ports, { by, value }) => {
      const outcome = await handleAlert(ports, { alertId: value, verb, by });
      return isDone(outcome) ? { is: 'nothing' } : note(handlingRefusal(outcome));
    },
  };
}

/** A click that arrives twice finds everything as it wished. */
function isDone(outcome: HandlingOutcome): outcome is Extract<HandlingOutcome, { is: 'handled' }> {
  return outcome.is === 'handled' || (outcome.is === 'refused' && outcome.because === 'as-wished');
}

export const openSnoozeForm: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value }) => {
    const offer = await offerSnooze(ports, { alertId: value, by });
    return offer.is === 'offered' ? modal(snoozeModal(offer)) : note(handlingRefusal(offer));
  },
};

export const sendSnoozeForm: Submission = {
  run: async (ports, { by, privateMetadata, text, choice, instant }) => {
    const given = givenReason(text(snoozeReasonBlock), 'Say why: your colleagues read it on the card.');
    if (given.is === 'mistake') return mistake(snoozeReasonBlock, given.sentence);
    const { reason } = given;
    const picked = instant(snoozeTimeBlock);
    const until = picked ?? snoozeEnd(choice(snoozeLengthBlock), ports.clock());
    if (until === undefined) return mistake(snoozeLengthBlock, 'Choose how long.');
    const verb: HandlingVerb = { do: 'snooze', until, reason };
    const outcome = await handleAlert(ports, { alertId: privateMetadata, verb, by });
    if (isDone(outcome)) return { is: 'close' };
    const message = handlingRefusal(outcome);
    const isAboutTime =
      outcome.is === 'refused' && (outcome.because === 'time-passed' || outcome.because === 'too-long');
    return isAboutTime
      ? mistake(picked === undefined ? snoozeLengthBlock : snoozeTimeBlock, message.text)
      : { is: 'show', view: noticeModal('Not snoozed', message) };
  },
};

const byChoice = { ask: openAskForm, snooze: openSnoozeForm, details: openDetails };

export const chooseForAlert: Action = {
  acknowledges: 'first',
  run: async (ports, click) => {
    const chosen = readAlertChoice(click.value);
    if (!chosen) return { is: 'nothing' };
    return byChoice[chosen.choice].run(ports, { ...click, value: chosen.about });
  },
};

function mistake(blockId: string, sentence: string): SubmissionReply {
  return { is: 'mistake', blockId, sentence };
}
