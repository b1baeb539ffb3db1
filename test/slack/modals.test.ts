import { describe, expect, it } from '@jest/globals';
import { noticeModal } from '../../src/slack/kit/notice-modal.ts';
import { disconnectModal } from '../../src/slack/requests/ask-modal.ts';
import { askRefusal } from '../../src/slack/requests/refusal.ts';
import { detailsModal } from '../../src/slack/sessions/details-modal.ts';
import { aHost, aPast, aRequest, aSession, anAlert, minute, noon } from '../support/build.ts';
import { read } from './kit/read.ts';

const form = {
  session: aSession(),
  hostName: 'bastion-prod',
  ref: 'ref-1',
  expiresAfterMs: 30 * minute,
  approvers: 'named' as const,
};
const facts = `VM login: azureuser
Machine: vm-web-1
Protocol: SSH
Bastion host: bastion-prod
Open since: 2026-11-23 11:00 UTC
Client address: not part of this Azure API; the Bastion audit logs have it`;

describe('the form that ends a session', () => {
  it('asks for a reason and says that a colleague has to approve', () => {
    const view = disconnectModal({ ...form, approval: 'required' });

    expect(view).toMatchObject({
      title: { text: 'Request disconnect' },
      submit: { text: 'Send request' },
      close: { text: 'Keep' },
      private_metadata: 'ref-1',
    });
    expect(read(view)).toBe(
      `${facts}
---
Reason: [……]
Shown to whoever approves, and kept in the record.
---
A colleague has to approve; you cannot do that yourself. The request expires after 30 min. Once approved, the session loses its connection at once.`,
    );
  });

  it('says that it acts at once where no approval is needed', () => {
    const view = disconnectModal({ ...form, approval: 'none' });

    expect(view).toMatchObject({ title: { text: 'Disconnect' }, submit: { text: 'Disconnect' } });
    expect(read(view)).toContain('The session loses its connection at once. No approval is needed');
  });
});

describe('the form of somebody', () => {
  it.each([
    ['everyone', 'Anybody here but you can approve'],
    ['nobody-else', 'Nobody can approve this'],
  ] as const)('says so where the approvers are %s', (approvers, sentence) => {
    expect(read(disconnectModal({ ...form, approval: 'required', approvers }))).toContain(sentence);
  });
});

describe('the details of a session', () => {
  it('tell of earlier sessions of this login on this machine', () => {
    const past = [
      aPast(),
      aPast({ how: { is: 'by-bot', requestId: 'request-1', requester: 'U0ASKER' } }),
      aPast({ how: { is: 'lost', why: 'host-gone' } }),
    ];
    const shown = read(detailsModal({ ...known, earlier: { shown: past, count: 5 } }, portalUrl));
    expect(shown).toContain(`Earlier sessions of this login on this machine: 
2026-11-23 11:00 UTC, about 1 h, ended by itself
2026-11-23 11:00 UTC, about 1 h, ended by the bot for @U0ASKER
2026-11-23 11:00 UTC, at least 59 min, lost sight of
and 2 more`);
    const never = detailsModal({ ...known, earlier: { shown: [], count: 0 } }, portalUrl);
    expect(read(never)).toContain('Earlier sessions of this login on this machine: none known');
  });

  const portalUrl = 'https://portal.azure.us';
  const known = { session: aSession(), hostName: 'bastion-prod', hostId: aHost().id, readAt: noon };
  const portal = `Open the host in the Azure portal: ${portalUrl}/#resource${aHost().id}`;

  it('show what is known and lead to the portal', () => {
    expect(read(detailsModal(known, portalUrl))).toBe(
      `${facts}\nSession id: session-1\nHost last read: 2026-11-23 12:00 UTC\n---\n${portal}`,
    );
  });

  it('show the ids of the machine, the alert and the request, where there are any', () => {
    const vm = { name: 'vm-web-1', resourceId: '/subscriptions/1/vm-web-1', address: '10.0.0.4' };
    const session = aSession({ vm, resourceType: 'VM', sessionId: '' });
    const shown = read(
      detailsModal({ ...known, session, alert: anAlert(), request: aRequest(), alike: 2 }, portalUrl),
    );

    expect(shown).toContain('Machine: vm-web-1 (10.0.0.4)');
    expect(shown).toContain(
      'Session id: none given by Azure\nKind of target: VM\nMachine id: /subscriptions/1/vm-web-1',
    );
    expect(shown).toContain('Probably left over: 2 other sessions with the same login, machine and start');
    expect(shown).toContain('Alert: Open too long\n---\nRaised: 2026-11-23 12:00 UTC');
    expect(shown).toContain('Request: Waiting for approval');
    expect(shown).toContain('Asked by: @U0ASKER, 2026-11-23 12:00 UTC\nReason: left open over lunch');
  });
});

describe('a notice in the place of a form', () => {
  it('says one sentence, or what a private message would have said', () => {
    const refusal = askRefusal({ is: 'already-asked', existing: aRequest() });

    expect(read(noticeModal('Details', 'Nothing is kept of it.'))).toBe('Nothing is kept of it.');
    expect(noticeModal('Not asked', refusal).blocks).toEqual(refusal.blocks);
  });
});
