import type { Person } from '../../domain/people/person.ts';
import { batchSize } from '../../domain/requests/batch.ts';
import type { FilterMistake } from '../../domain/sessions/filter-text.ts';
import { filterText, parseFilter } from '../../domain/sessions/filter-text.ts';
import type { ListQuery } from '../../domain/sessions/list.ts';
import type { Ports } from '../../ports/ports.ts';
import { approversFor } from '../../usecases/people/approvers-for.ts';
import { askSeveral } from '../../usecases/requests/ask-several.ts';
import type { PickOutcome } from '../../usecases/requests/pick-sessions.ts';
import { pickSessions, refreshPick } from '../../usecases/requests/pick-sessions.ts';
import type { Action, Entered, Submission, SubmissionReply } from '../action.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import { givenReason } from '../kit/given-reason.ts';
import { readListValue } from '../kit/list-value.ts';
import { noticeModal } from '../kit/notice-modal.ts';
import type { Reply } from '../reply.ts';
import { modal, note, update } from '../reply.ts';
import { noReason, reasonBlock } from './ask-modal.ts';
import { leftOutNote } from './left-out.ts';
import { pickerFilterBlock, pickerModal } from './picker.ts';
import { askRefusal } from './ask-refusal.ts';
import { maybeUnasked } from './unasked.ts';

export const openPicker: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value }) =>
    opened(ports, by, await pickSessions(ports, { by, query: readListValue(value), picked: [] })),
};

/** Another page, another filter, or both; the filter is applied by whatever is pressed. */
export const turnPicker: Action = pickerAction(pickSessions);
export const filterPicker: Action = {
  acknowledges: 'first',
  run: async (ports, click) => turnPicker.run(ports, { ...click, value: '' }),
};
export const refreshPicker: Action = pickerAction(refreshPick);

export const sendPick: Submission = {
  run: async (ports, { by, text, checked }) => {
    const given = givenReason(text(reasonBlock), noReason(ports.policy.disconnect.approval));
    if (given.is === 'mistake') return mistake(given.sentence);
    const { reason } = given;
    const outcome = await askSeveral(ports, { refs: checked, by, reason });
    switch (outcome.is) {
      case 'none-picked':
        return mistake('Tick the sessions first.');
      case 'too-many':
        return mistake(`${outcome.picked} sessions are ticked; ${batchSize} is the most.`);
      case 'asked':
      case 'none-left': {
        const asked = outcome.is === 'asked' ? outcome.members.length : 0;
        const leftOut = leftOutNote(asked, outcome.leftOut);
        if (outcome.is === 'asked' && outcome.refusedLately !== undefined) {
          const unasked = maybeUnasked(outcome.refusedLately);
          const blocks = [...(leftOut?.blocks ?? []), ...unasked.blocks];
          return { is: 'show', view: noticeModal('Not asked yet', { ...unasked, blocks }) };
        }
        const title = asked === 0 ? 'Not asked' : 'Asked in part';
        return leftOut ? { is: 'show', view: noticeModal(title, leftOut) } : { is: 'close' };
      }
      case 'too-many-open':
      case 'switched-off':
      case 'denied':
        return { is: 'show', view: noticeModal('Not asked', askRefusal(outcome)) };
    }
  },
};

function pickerAction(pick: typeof pickSessions): Action {
  return {
    acknowledges: 'first',
    run: async (ports, { by, value, entered }) => {
      if (!entered) return { is: 'nothing' };
      const { query, mistakes } = wanted(entered, value);
      const outcome = await pick(ports, { by, query, picked: entered.checked });
      return update(await picker(ports, by, { outcome, mistakes }));
    },
  };
}

/** What the form says now: a filter that was typed anew begins at its first page. */
function wanted(
  { privateMetadata, text }: Entered,
  page: string,
): { readonly query: ListQuery; readonly mistakes: readonly FilterMistake[] } {
  const shown = readListValue(privateMetadata);
  const { filter, mistakes } = parseFilter(text(pickerFilterBlock));
  const isSame = filterText(filter) === filterText(shown.filter);
  const asked = /^\d{1,9}$/.test(page) ? Number(page) : shown.page;
  return { query: { filter, page: isSame ? asked : 0 }, mistakes };
}

async function opened(ports: Ports, by: Person, outcome: PickOutcome): Promise<Reply> {
  return outcome.is === 'offered'
    ? modal(await picker(ports, by, { outcome, mistakes: [] }))
    : note(refusal(outcome));
}

interface Picked {
  readonly outcome: PickOutcome;
  readonly mistakes: readonly FilterMistake[];
}

async function picker(
  ports: Ports,
  by: Person,
  { outcome, mistakes }: Picked,
): Promise<ReturnType<typeof pickerModal>> {
  if (outcome.is !== 'offered') return noticeModal('Select several', refusal(outcome));
  const { approval, expiresAfterMs } = ports.policy.disconnect;
  const command = await ports.commandNames.last();
  return pickerModal({
    ...(command !== undefined && { command }),
    pick: outcome.pick,
    polling: outcome.polling,
    mistakes,
    approval: approval === 'none' ? 'none' : 'required',
    expiresAfterMs,
    approvers: await approversFor(ports, by),
  });
}

function refusal(outcome: Exclude<PickOutcome, { is: 'offered' }>) {
  return outcome.is === 'denied' ? accessRefusal(outcome.denied) : askRefusal(outcome);
}

function mistake(sentence: string): SubmissionReply {
  return { is: 'mistake', blockId: reasonBlock, sentence };
}
