import type { InputBlock, ModalView } from '@slack/types';
import type { Approvers } from '../../domain/people/access.ts';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { plainText, reasonLength } from '../../wording/foreign.ts';
import { sessionFacts } from '../../wording/session-facts.ts';
import { duration } from '../../wording/time.ts';
import type { Words } from '../../wording/words.ts';
import { words } from '../../wording/words.ts';
import { facts, lines } from '../kit/blocks.ts';

/** `private_metadata` is the session's `ref`. */
export const disconnectCallback = 'disconnect';
export const reasonBlock = 'reason';

export interface DisconnectForm {
  readonly session: Session;
  readonly hostName: string;
  readonly ref: string;
  readonly approval: Exclude<DisconnectPolicy['approval'], 'off'>;
  readonly expiresAfterMs: number;
  readonly approvers: Approvers;
}

export function disconnectModal(form: DisconnectForm): ModalView {
  const { session, hostName, ref, approval } = form;
  const isDirect = approval === 'none';
  return {
    type: 'modal',
    callback_id: disconnectCallback,
    private_metadata: ref,
    title: plainText(isDirect ? 'Disconnect' : 'Request disconnect', 24),
    submit: plainText(isDirect ? 'Disconnect' : 'Send request', 24),
    close: plainText('Keep', 24),
    blocks: [
      facts(sessionFacts(session, hostName)),
      { ...reasonInput, element: { ...reasonInput.element, focus_on_load: true } },
      lines(consequence(form)),
    ],
  };
}

export const reasonInput = {
  type: 'input',
  block_id: reasonBlock,
  label: plainText('Reason', 150),
  hint: plainText('Shown to whoever approves, and kept in the record.', 150),
  element: {
    type: 'plain_text_input',
    action_id: 'reason_text',
    multiline: true,
    max_length: reasonLength,
  },
} satisfies InputBlock;

type Consequence = Pick<DisconnectForm, 'approval' | 'approvers' | 'expiresAfterMs'>;

const whoApproves: Readonly<Record<Approvers, Words>> = {
  named: words`A colleague has to approve; you cannot do that yourself.`,
  everyone: words`Anybody here but you can approve: the policy names everyone.`,
  'nobody-else': words`Nobody can approve this: the policy names nobody but you, and never for your own request.`,
};

/** What sending the form leads to. */
export function consequence({ approval, approvers, expiresAfterMs }: Consequence): Words {
  if (approval === 'none') {
    return words`The session loses its connection at once. No approval is needed; the record names you.`;
  }
  return words`${whoApproves[approvers]} The request expires after ${duration(expiresAfterMs)}. Once approved, the session loses its connection at once.`;
}
