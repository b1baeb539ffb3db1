import { hostLine } from '../../domain/sessions/list.ts';
import { showDetails } from '../../usecases/alerts/show-alert.ts';
import type { Action } from '../action.ts';
import { accessRefusal } from '../kit/access-refusal.ts';
import { noticeModal } from '../kit/notice-modal.ts';
import { modal, note } from '../reply.ts';
import { detailsModal } from '../sessions/details-modal.ts';

export const openDetails: Action = {
  acknowledges: 'first',
  run: async (ports, { by, value, portalUrl }) => {
    const found = await showDetails(ports, { alertId: value, by });
    switch (found.is) {
      case 'denied':
        return note(accessRefusal(found.denied));
      case 'unknown-alert':
        return modal(noticeModal('Details', 'This alert is too old: nothing is kept of it any more.'));
      case 'found': {
        const { onHost, ...known } = found;
        const { alert } = known;
        const session = onHost?.tracked.session ?? alert.session;
        const host = onHost
          ? hostLine(onHost.hostState, ports.policy, ports.clock())
          : { name: alert.hostName, sessions: 0, readAt: alert.seenAt, isStale: false };
        return modal(detailsModal({ ...known, session, host: { ...host, id: alert.hostId } }, portalUrl));
      }
    }
  },
};
