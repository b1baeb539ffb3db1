import type { InputBlock, ModalView } from '@slack/types';
import type { Approvers } from '../../domain/people/access.ts';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { KnownOwner } from '../../domain/sessions/owner.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { ownerFact } from '../../wording/owner.ts';
import { reasonLength } from '../../wording/reason.ts';
import { fullLine, sinceLine, wayLine } from '../../wording/session-line.ts';
import { duration } from '../../wording/time.ts';
import { tunnelSentence } from '../../wording/tunnel.ts';
import type { Words } from '../../wording/words.ts';
import { bold, words } from '../../wording/words.ts';
import { factLines, lines } from '../kit/blocks.ts';
import { plainText } from '../kit/plain-text.ts';

/** `private_metadata` is the session's `ref`. */
export const disconnectCallback = 'disconnect';
export const reasonBlock = 'reason';

export interface DisconnectForm {
  readonly session: Session;
  readonly hostName: string;
  readonly ref: string;
  readonly owner?: KnownOwner;
  readonly count?: number;
  /** How many of it are left, since one request is for so many at most. */
  readonly left?: number;
  readonly approval: Exclude<DisconnectPolicy['approval'], 'off'>;
  readonly expiresAfterMs: number;
  readonly approvers: Approvers;
}

export function disconnectModal(form: DisconnectForm): ModalView {
  const { session, hostName, ref, owner, approval, count = 1, left = 0 } = form;
  const isDirect = approval === 'none';
  return {
    type: 'modal',
    callback_id: disconnectCallback,
    private_metadata: ref,
    title: plainText(isDirect ? 'Disconnect' : 'Request disconnect', 24),
    submit: plainText(isDirect ? 'Disconnect' : 'Send request', 24),
    close: plainText('Keep', 24),
    blocks: [
      lines(
        sinceLine(session),
        wayLine(session, hostName, fullLine),
        ...(owner ? factLines([ownerFact(owner)]) : []),
        ...(count > 1 ? [bold(words`${tunnelSentence(count)}: all of them end`)] : []),
        ...(left > 0 ? [words`${left} more of it stay: ask for them once these are gone.`] : []),
      ),
      lines(consequence(form, count > 1 ? 'each session' : 'the session')),
      reasonInput(approval, { isFirst: true }),
    ],
  };
}

/** `isFirst`: nothing else is asked before it. */
export function reasonInput(
  approval: DisconnectForm['approval'],
  { isFirst = false }: { readonly isFirst?: boolean } = {},
): InputBlock {
  const readers =
    approval === 'none' ? 'Kept in the record.' : 'Shown to whoever approves, and kept in the record.';
  return {
    type: 'input',
    block_id: reasonBlock,
    label: plainText('Reason', 150),
    hint: plainText(readers, 150),
    element: {
      type: 'plain_text_input',
      action_id: 'reason_text',
      multiline: true,
      max_length: reasonLength,
      ...(isFirst && { focus_on_load: true }),
    },
  };
}

export function noReason(approval: DisconnectPolicy['approval']): string {
  return approval === 'none'
    ? 'Say why: it is kept in the record.'
    : 'Say why: whoever approves will read it.';
}

type Consequence = Pick<DisconnectForm, 'approval' | 'approvers' | 'expiresAfterMs'>;

const whoApproves: Readonly<Record<Approvers, Words>> = {
  named: words`A colleague has to approve; you cannot do that yourself.`,
  everyone: words`Anybody here but you can approve: the policy names everyone.`,
  'nobody-else': words`Nobody can approve this: the policy names nobody but you, and never for your own request.`,
};

/** What sending the form leads to; `whose` connection is lost, where it is not that of one session. */
export function consequence(
  { approval, approvers, expiresAfterMs }: Consequence,
  whose: 'the session' | 'each session' = 'the session',
): Words {
  if (approval === 'none') {
    return words`At once, ${whose} loses its connection. No approval is needed; the record names you.`;
  }
  return words`${whoApproves[approvers]} The request expires after ${duration(expiresAfterMs)}. Once approved, ${whose} loses its connection at once.`;
}
