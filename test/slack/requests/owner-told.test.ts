import { describe, expect, it } from '@jest/globals';
import type { OwnerTold } from '../../../src/domain/cards/content.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { ownerToldMessage } from '../../../src/slack/requests/owner-told.ts';
import { aRequest, aSession, minute, noon } from '../../support/build.ts';
import { read } from '../kit/read.ts';

const state = {
  is: 'gone',
  by: 'U0BOSS',
  decidedAt: noon + minute,
  sentAt: noon + minute,
  calls: 1,
  checkedAt: noon + 3 * minute + 10_000,
} as const;

function told(overrides: Partial<Session> = {}, also: Partial<OwnerTold> = {}) {
  const request = { ...aRequest({ session: aSession(overrides), owner: 'U0OWNER' }), state };
  return ownerToldMessage({ request, whomToAsk: ['S0LEADS', 'U0BOSS'], saysWho: false, ...also });
}

describe('what an owner is told of an ended session', () => {
  it('is what was ended, when it was gone, whom to ask and what lives on, and no name', () => {
    const { text, blocks } = told();
    expect(text).toBe(
      'The bot ended your session azureuser on vm-web-1 through bastion-prod, as a colleague decided.',
    );
    expect(read({ blocks })).toBe(
      `The bot ended your session azureuser on vm-web-1 through bastion-prod
---
A colleague decided so. Gone, checked 12:03:10 UTC.
Whom to ask: @S0LEADS, @U0BOSS.
The shell and its own commands have ended; what runs in tmux or screen, or as a service, lives on. You can connect again.
---
VM login: azureuser
Machine: vm-web-1
Protocol: SSH
Bastion host: bastion-prod
Open since: 2026-11-23 11:00 UTC`,
    );
  });

  it('is who asked, who decided and why besides, where the policy says so', () => {
    const [, , facts] = told({}, { saysWho: true }).blocks;
    expect(read({ blocks: facts ? [facts] : [] })).toMatch(
      /^Asked by: @U0ASKER, .*\nDecision: Approved by @U0BOSS, .*\nReason: left open over lunch\nVM login/,
    );
  });

  it('does not say of Windows that anybody was logged off', () => {
    expect(read(told({ protocol: 'rdp' }))).toContain(
      'Your programs on the machine keep running and you stay logged on there; you can connect again.',
    );
    expect(read(told({ protocol: 'rdp' }))).not.toMatch(/logged off|log off|sign(ed)? out/i);
  });

  it('says of a protocol that nobody knows no more than is true', () => {
    expect(read(told({ protocol: 'vnc' }))).toMatch(/\nYou can connect again\.\n/);
  });

  it('names nobody where the policy does', () => {
    expect(read(told({}, { whomToAsk: [] }))).not.toContain('Whom to ask');
  });

  it('begins with what, who and where, with no address, domain or reason', () => {
    const { text, blocks } = told(
      { vmLogin: 'CORP\\fay@corp.example', vm: { name: 'vm-web-1', address: '10.1.2.3' } },
      { saysWho: true },
    );
    expect(text.slice(0, 80)).toMatch(/^The bot ended your session fay on vm-web-1 through bastion-prod/);
    const [first] = blocks;
    expect(`${text}\n${read({ blocks: first ? [first] : [] })}`).not.toMatch(/@corp|10\.1|lunch/);
  });

  it('says who and where within eighty characters, however long their names', () => {
    const { text } = told({ vmLogin: 'l'.repeat(80), vm: { name: 'm'.repeat(80) } });
    expect(text.slice(0, 80)).toMatch(/l+… on m+… /);
  });
});
