import { ownerStanding } from '../../domain/sessions/owner.ts';
import { othersOfTunnel, restOfTunnel } from '../../domain/requests/tunnel.ts';
import { approversFor } from '../../usecases/people/approvers-for.ts';
import { knowOwner } from '../../usecases/people/know-owner.ts';
import { askDisconnect, checkAsk } from '../../usecases/requests/ask-disconnect.ts';
import type { Action, Submission } from '../action.ts';
import { givenReason } from '../kit/given-reason.ts';
import { noticeModal } from '../kit/notice-modal.ts';
import { modal, note } from '../reply.ts';
import { disconnectModal, noReason, reasonBlock } from './ask-modal.ts';
import { askRefusal } from './ask-refusal.ts';
import { maybeUnasked } from './unasked.ts';

export const openAskForm: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value }) => {
    const checked = await checkAsk(ports, { ref: value, by });
    if (checked.is !== 'may-ask') return note(askRefusal(checked));
    const { hostState, tracked } = checked.onHost;
    const { approval, expiresAfterMs } = ports.policy.disconnect;
    const standing = ownerStanding(ports.policy, tracked.session);
    const owner = standing === 'shared' ? await knowOwner(ports, tracked.session) : undefined;
    const asked = othersOfTunnel(hostState, tracked).length;
    return modal(
      disconnectModal({
        session: tracked.session,
        hostName: hostState.host.name,
        ref: tracked.ref,
        ...(standing !== 'one' && { owner: owner ?? { is: standing } }),
        count: 1 + asked,
        left: restOfTunnel(hostState, tracked).length - asked,
        approval: approval === 'none' ? 'none' : 'required',
        expiresAfterMs,
        approvers: await approversFor(ports, by),
      }),
    );
  },
};

export const sendAskForm: Submission = {
  run: async (ports, { by, privateMetadata, text }) => {
    const given = givenReason(text(reasonBlock), noReason(ports.policy.disconnect.approval));
    if (given.is === 'mistake') return { ...given, blockId: reasonBlock };
    const { reason } = given;
    const asked = await askDisconnect(ports, { ref: privateMetadata, by, reason });
    if (asked.is === 'asked')
      return asked.refusedLately === undefined
        ? { is: 'close' }
        : { is: 'show', view: noticeModal('Not asked yet', maybeUnasked(asked.refusedLately)) };
    return { is: 'show', view: noticeModal('Not asked', askRefusal(asked)) };
  },
};
