import type { ActionsBlock, ContextBlock, SectionBlock } from '@slack/types';
import type { DisconnectPolicy } from '../../domain/policy/policy.ts';
import type { CameBack } from '../../domain/requests/lookout.ts';
import type { DisconnectRequest } from '../../domain/requests/request.ts';
import { counted } from '../../wording/counted.ts';
import { sessionName } from '../../wording/session-facts.ts';
import { actions, aside } from '../kit/blocks.ts';
import { plainText } from '../kit/plain-text.ts';
import { disconnectButton, offerOf } from './ask-button.ts';

type Approval = DisconnectPolicy['approval'];

export function askAgain(request: DisconnectRequest, approval: Approval): readonly ActionsBlock[] {
  return returnsOf([request]).flatMap((back) => {
    const asks = disconnectButton(offerOf(approval), back);
    return asks ? [actions(asks)] : [];
  });
}

export interface ReturnsRoom {
  readonly name: number;
  readonly buttons: number;
}

export function askAgainEach(
  members: readonly DisconnectRequest[],
  approval: Approval,
  { name, buttons, command }: ReturnsRoom & { readonly command: string },
): readonly (SectionBlock | ContextBlock)[] {
  const all = returnsOf(members).flatMap((back): readonly SectionBlock[] => {
    const accessory = disconnectButton(offerOf(approval), back);
    const text = plainText(`${sessionName(back.session, name)} came back`, 300);
    return accessory ? [{ type: 'section', text, accessory }] : [];
  });
  const shown = all.slice(0, buttons);
  if (shown.length === all.length) return shown;
  const left = counted(all.length - shown.length, 'session');
  return [...shown, aside(`No room here to end ${left} that came back; ${command} sessions has them.`)];
}

/** Each session once: two that were ended may have come back as one. */
function returnsOf(requests: readonly DisconnectRequest[]): readonly CameBack[] {
  const found = requests.flatMap(({ state }) => (state.is === 'gone' && state.cameBack) || []);
  return [...new Map(found.map((cameBack) => [cameBack.ref, cameBack])).values()];
}
