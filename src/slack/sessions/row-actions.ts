import { hostLine } from '../../domain/sessions/list.ts';
import { showSession } from '../../usecases/sessions/show-session.ts';
import type { Action } from '../action.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import { modal, note } from '../reply.ts';
import { openAskForm } from '../requests/ask-actions.ts';
import { askRefusal } from '../requests/ask-refusal.ts';
import { detailsModal } from './details-modal.ts';
import { readRowValue } from './row-buttons.ts';

const openSession: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value, portalUrl }) => {
    const found = await showSession(ports, { ref: value, by });
    if (found.is === 'denied') return note(accessRefusal(found.denied));
    if (found.is === 'not-tracked') return note(askRefusal(found));
    const { onHost, ...known } = found;
    const { hostState, tracked } = onHost;
    const host = { ...hostLine(hostState, ports.policy, ports.clock()), id: hostState.host.id };
    return modal(detailsModal({ ...known, session: tracked.session, host }, portalUrl));
  },
};

const byChoice = { ask: openAskForm, 'ask-alike': openAskForm, details: openSession };

/** `Details` of a row of the list, and whatever the menu of an earlier version's row holds. */
export const chooseInRow: Action = {
  acknowledges: 'first',
  run: async (ports, click) => {
    const chosen = readRowValue(click.value);
    return chosen ? byChoice[chosen.choice].run(ports, { ...click, value: chosen.about }) : { is: 'nothing' };
  },
};
