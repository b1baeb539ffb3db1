import { describe, expect, it } from '@jest/globals';
import { disconnectModal } from '../../../src/slack/requests/ask-modal.ts';
import { aSession, minute } from '../../support/build.ts';
import { read, sessionFactsRead } from '../kit/read.ts';

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
      `${sessionFactsRead}
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
