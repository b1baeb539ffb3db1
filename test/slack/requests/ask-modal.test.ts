import { describe, expect, it } from '@jest/globals';
import { disconnectModal, noReason } from '../../../src/slack/requests/ask-modal.ts';
import { aSession, minute } from '../../support/build.ts';
import { exactly, fay } from '../../support/origins.ts';
import { read } from '../kit/read.ts';

const form = {
  session: aSession(),
  hostName: 'bastion-prod',
  ref: 'ref-1',
  expiresAfterMs: 30 * minute,
  approvers: 'named' as const,
};
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
      `azureuser on vm-web-1 since 2026-11-23 11:00 UTC
SSH through bastion-prod
---
A colleague has to approve; you cannot do that yourself. The request expires after 30 min. Once approved, the session loses its connection at once.
---
Reason: [……]
Shown to whoever approves, and kept in the record.`,
    );
  });

  it('says that nobody is known to be the owner', () => {
    const view = disconnectModal({ ...form, owner: { is: 'shared' }, approval: 'required' });
    expect(read(view)).toContain('SSH through bastion-prod\nOwner: nobody: a shared login\n---\n');
  });

  it('says who is behind the session', () => {
    const view = disconnectModal({
      ...form,
      session: aSession({ origin: exactly(fay) }),
      approval: 'required',
    });
    expect(read(view)).toContain(
      'SSH through bastion-prod · from 203.0.113.7 · Entra user fay@corp.example\n',
    );
  });

  it('says that it acts at once where no approval is needed', () => {
    const view = disconnectModal({ ...form, approval: 'none' });

    expect(view).toMatchObject({ title: { text: 'Disconnect' }, submit: { text: 'Disconnect' } });
    expect(read(view)).toContain('At once, the session loses its connection. No approval is needed');
    expect(read(view)).toContain('Reason: [……]\nKept in the record.');
    expect(noReason('none')).not.toContain('approves');
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
