import type { Button } from '@slack/types';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { Session } from '../../domain/sessions/session.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { button } from '../kit/blocks.ts';

/** The value of the button is the session's `ref`. */
export const askAction = 'disconnect_ask';

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

/** None for a session without an id: Azure could not be told which one to end. */
export function disconnectButton(offer: DisconnectOffer, ref: string, session: Session): Button | undefined {
  if (offer === 'none' || session.sessionId === '') return undefined;
  const text = offer === 'request' ? 'Request disconnect' : 'Disconnect';
  const opens = button(text, askAction, ref, `${text}: ${sessionName(session)}`);
  return offer === 'request' ? opens : { ...opens, style: 'danger' };
}
