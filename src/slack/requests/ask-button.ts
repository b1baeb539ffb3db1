import type { Button } from '@slack/types';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { canBeEnded } from '../../domain/sessions/session.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { button } from '../kit/blocks.ts';

/** The value of each button is the session's `ref`. */
export const askAction = 'disconnect_ask';
/** Of earlier versions, for a row that stands for several. */
export const askAlikeAction = 'disconnect_ask_alike';

/** `request`: a colleague has to approve. `direct`: nobody has to. */
export type DisconnectOffer = 'request' | 'direct' | 'none';

export function offerOf(approval: DisconnectPolicy['approval']): DisconnectOffer {
  switch (approval) {
    case 'required':
      return 'request';
    case 'none':
      return 'direct';
    case 'off':
      return 'none';
  }
}

interface Asked {
  readonly ref: string;
  readonly session: Session;
}

/** None for a session without an id. It opens a form, so it is not red. `nameAtMost` is for the words of a screen reader. */
export function disconnectButton(
  offer: DisconnectOffer,
  { ref, session }: Asked,
  nameAtMost?: number,
): Button | undefined {
  if (offer === 'none' || !canBeEnded(session)) return undefined;
  const text = offer === 'request' ? 'Request disconnect' : 'Disconnect';
  const label = `${text}: ${sessionName(session, nameAtMost)}`;
  return button(text, askAction, ref, label);
}
