import { describe, expect, it } from '@jest/globals';
import { aboutRequest } from '../../../src/domain/audit/about.ts';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import { auditOfAccessRefusal, auditOfReviewRefusal } from '../../../src/domain/audit/refusals.ts';
import type { RequestState } from '../../../src/domain/requests/request.ts';
import { aRequest, aSession, noon } from '../../support/build.ts';

const now = noon + 5;
const audited = {
  hostId: aSession().hostId,
  sessionId: 'session-1',
  startedAt: aSession().startedAt,
  vm: 'vm-web-1',
  vmLogin: 'azureuser',
};
const decided = { by: 'U0BOSS', decidedAt: noon };
const sent = { ...decided, sentAt: noon, calls: 1 } as const;
const failure = { kind: 'locked' } as const;
const waiting = {
  since: noon,
  failure: { kind: 'throttled', retryAt: noon + 9 },
  nextTryAt: noon + 9,
  for: 'call',
  isSaid: false,
} as const;

describe('the entry for a request', () => {
  const bot = 'bastion-bot';
  const reason = 'left open over lunch';
  it.each<[RequestState, object]>([
    [{ is: 'pending' }, { by: 'U0ASKER', what: 'disconnect-requested', why: reason }],
    [
      { is: 'approved', decidedAt: noon },
      { by: 'U0ASKER', what: 'disconnect-ordered', why: reason },
    ],
    [
      { is: 'approved', ...decided },
      { by: 'U0BOSS', what: 'disconnect-approved' },
    ],
    [
      { is: 'denied', by: 'U0BOSS', at: noon },
      { by: 'U0BOSS', what: 'disconnect-denied' },
    ],
    [
      { is: 'cancelled', by: 'U0ASKER', at: noon },
      { by: 'U0ASKER', what: 'disconnect-cancelled' },
    ],
    [
      { is: 'expired', at: noon },
      { by: bot, what: 'disconnect-expired' },
    ],
    [
      { is: 'overtaken', at: noon, why: { is: 'host-forgotten' } },
      { by: bot, what: 'disconnect-overtaken', why: 'host-forgotten' },
    ],
    [
      { is: 'approved', ...decided, waiting },
      { by: bot, what: 'disconnect-waiting', why: 'throttled' },
    ],
    [
      { is: 'sending', ...sent, waiting },
      { by: bot, what: 'disconnect-tried-again' },
    ],
    [
      { is: 'sending', ...sent, again: waiting },
      { by: bot, what: 'disconnect-waiting', why: 'throttled' },
    ],
    [
      { is: 'sending', ...sent },
      { by: bot, what: 'disconnect-sent' },
    ],
    [
      { is: 'sending', ...sent, calls: 2 },
      { by: bot, what: 'disconnect-sent-again' },
    ],
    [
      { is: 'gone', ...sent, checkedAt: noon },
      { by: bot, what: 'disconnect-gone' },
    ],
    [
      {
        is: 'gone',
        ...sent,
        checkedAt: noon,
        cameBack: { ref: 'ref-2', session: aSession({ sessionId: 'session-2' }) },
      },
      { by: bot, what: 'session-came-back', session: { ...audited, sessionId: 'session-2' } },
    ],
    [
      { is: 'still-there', ...sent, checkedAt: noon },
      { by: bot, what: 'disconnect-still-there' },
    ],
    [
      { is: 'unproven', ...sent, at: noon, failure },
      { by: bot, what: 'disconnect-unproven', why: 'locked' },
    ],
    [
      { is: 'refused', ...sent, at: noon, failure },
      { by: bot, what: 'disconnect-refused-by-azure', why: 'locked' },
    ],
    [
      { is: 'not-sent', ...decided, at: noon, why: { is: 'hourly-limit', maxPerHour: 3 } },
      { by: bot, what: 'disconnect-not-sent', why: 'hourly-limit' },
    ],
  ])('in state %j', (state, expected) => {
    const entry = auditOfRequest(aRequest({ state }), now);
    expect(entry).toEqual({ at: now, requestId: 'request-1', session: audited, ...expected });
  });
});

describe('the entry for a refusal', () => {
  const denied = { allowed: false, right: 'disconnect', who: [], because: 'not-named' } as const;

  it('names the right, and the session where there is one', () => {
    const entry = { at: now, by: 'U1', what: 'disconnect-refused', why: 'not-named' };
    expect(auditOfAccessRefusal({ id: 'U1' }, denied, { now })).toEqual(entry);
    expect(auditOfAccessRefusal({ id: 'U1' }, denied, { now, about: { session: aSession() } })).toEqual({
      ...entry,
      session: audited,
    });
  });

  it('tells what Slack could not say from a missing right', () => {
    const unsure = { ...denied, because: 'unsure' } as const;
    expect(auditOfAccessRefusal({ id: 'U1' }, unsure, { now })).toMatchObject({ why: 'unsure' });
  });

  it('names the rule between people that a click broke', () => {
    const refused = { verb: 'approve', by: 'U0ASKER', because: 'own-request' } as const;
    expect(auditOfReviewRefusal(refused, aboutRequest(aRequest()), now)).toEqual({
      at: now,
      by: 'U0ASKER',
      what: 'approve-refused',
      why: 'own-request',
      requestId: 'request-1',
      session: audited,
    });
  });
});
