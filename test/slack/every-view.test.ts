import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { batchSize } from '../../src/domain/requests/batch.ts';
import { handlingRefusal } from '../../src/slack/alerts/refusal.ts';
import { snoozeModal } from '../../src/slack/alerts/snooze-modal.ts';
import { cardMessage } from '../../src/slack/cards.ts';
import { historyView } from '../../src/slack/history/list.ts';
import { homeView } from '../../src/slack/home/home.ts';
import { accessRefusal } from '../../src/slack/kit/access-refusal.ts';
import { failureNote, storeUnreachable } from '../../src/slack/kit/failure.ts';
import { helpView } from '../../src/slack/kit/help.ts';
import { menuEntries } from '../../src/slack/menu.ts';
import { guessUnknown } from '../../src/slack/unknown-word.ts';
import type { Message } from '../../src/slack/kit/message.ts';
import { noticeModal } from '../../src/slack/kit/notice-modal.ts';
import { disconnectModal } from '../../src/slack/requests/ask-modal.ts';
import { leftOutNote } from '../../src/slack/requests/left-out.ts';
import { pickerModal } from '../../src/slack/requests/picker.ts';
import { batchReviewRefusal, reviewRefusal } from '../../src/slack/requests/refusal.ts';
import { askRefusal } from '../../src/slack/requests/ask-refusal.ts';
import { detailsModal } from '../../src/slack/sessions/details-modal.ts';
import { sessionListView } from '../../src/slack/sessions/list.ts';
import { validateBlocks, validateView } from '../simulator/slack/blocks/validate.ts';
import { aBatch } from '../support/build.ts';
import { runs } from '../support/runs.ts';
import * as some from './kit/arbitrary.ts';
import { someHome } from './kit/arbitrary-home.ts';
import { smuggledInBlocks, smuggledInText } from './kit/smuggled.ts';

const approval = fc.constantFrom('required' as const, 'none' as const, 'off' as const);
const right = fc.constantFrom('view' as const, 'disconnect' as const, 'approve' as const);
const who = fc.array(fc.constantFrom('S0LEADS', 'U0BOSS', 'everyone'), { maxLength: 300 });
const denied = fc.record(
  {
    allowed: fc.constant(false as const),
    right,
    who,
    because: fc.constantFrom('not-named', 'unsure', 'guest', 'elsewhere', 'deactivated'),
    missingScope: some.foreignText,
  },
  { requiredKeys: ['allowed', 'right', 'who', 'because'] },
);
const lists = fc.tuple(
  some.sessionList,
  fc.record({
    offer: fc.constantFrom('request' as const, 'direct' as const, 'none' as const),
    mistakes: some.filterMistakes,
  }),
);

const batches = fc.record({
  batch: fc.record({ reason: some.foreignText }).map(aBatch),
  members: fc.array(some.request, { minLength: 1, maxLength: batchSize }),
});

const messages: Record<string, fc.Arbitrary<Message>> = {
  'an alert card': fc
    .tuple(some.alert, approval)
    .map(([alert, approval]) => cardMessage({ card: 'alert', alert, approval })),
  'the card of an outage': some.outage.map((outage) => cardMessage({ card: 'outage', outage })),
  'a history': fc
    .tuple(some.historyList, some.filterMistakes)
    .map(([list, mistakes]) => historyView(list, mistakes)),
  'the steps of an alert': some.alert.map((alert) => cardMessage({ card: 'alert-steps', alert })),
  'a call at the end of a snooze': fc.tuple(some.alert, some.foreignText).map(([alert, reason]) => {
    const snooze = { by: 'U0BOSS', at: alert.raisedAt, until: alert.seenAt, reason };
    return cardMessage({ card: 'alert-wake', alert, snooze });
  }),
  'a refused acknowledgement': fc
    .oneof(
      fc.record({
        is: fc.constant('refused' as const),
        because: fc.constantFrom('closed', 'acknowledged-by-another', 'as-wished', 'time-passed', 'too-long'),
        alert: some.alert,
      }),
      fc.constant({ is: 'unknown-alert' as const }),
      denied.map((denied) => ({ is: 'denied' as const, denied })),
    )
    .map(handlingRefusal),
  'a request card': fc
    .tuple(some.request, approval)
    .map(([request, approval]) => cardMessage({ card: 'request', request, approval })),
  'a batch card': fc
    .tuple(batches, approval)
    .map(([content, approval]) => cardMessage({ card: 'batch', ...content, approval })),
  'the outcome of a batch': batches.map((content) => cardMessage({ card: 'batch-outcome', ...content })),
  'what an owner is told': fc
    .tuple(some.goneRequest, who, fc.boolean())
    .map(([request, whomToAsk, saysWho]) => cardMessage({ card: 'owner-told', request, whomToAsk, saysWho })),
  'that nobody was asked': some.request.map((request) => cardMessage({ card: 'unasked', request })),
  'that nobody was asked for several': batches.map((content) =>
    cardMessage({ card: 'batch-unasked', ...content }),
  ),
  'an outcome': some.request.map((request) => cardMessage({ card: 'outcome', request })),
  'a session list': lists.map(([list, options]) => sessionListView(list, options)),
  'a refused access': denied.map(accessRefusal),
  'a refused wish': fc
    .oneof(
      some.request.map((existing) => ({ is: 'already-asked' as const, existing })),
      fc.record({ is: fc.constantFrom('not-tracked', 'cannot-be-ended', 'switched-off') }),
      denied.map((denied) => ({ is: 'denied' as const, denied })),
    )
    .map(askRefusal),
  'a refused decision': fc
    .tuple(
      fc.oneof(
        fc.record({
          is: fc.constant('refused' as const),
          because: fc.constantFrom(
            'already-decided',
            'own-request',
            'perhaps-own-request',
            'own-session',
            'not-the-requester',
            'owner-unknown',
          ),
          request: some.request,
        }),
        fc.constant({ is: 'unknown-request' as const }),
        denied.map((denied) => ({ is: 'denied' as const, denied })),
      ),
      who,
    )
    .map(([outcome, approvers]) => reviewRefusal(outcome, approvers)),
  'a refused decision on several': fc
    .tuple(
      fc.oneof(
        fc.record({
          is: fc.constant('refused' as const),
          because: fc.constantFrom(
            'already-decided',
            'own-request',
            'perhaps-own-request',
            'own-session',
            'not-the-requester',
            'owner-unknown',
          ),
          batch: fc.constant(aBatch()),
          members: fc.array(some.request, { minLength: 1, maxLength: batchSize }),
        }),
        fc.constant({ is: 'unknown-batch' as const }),
        denied.map((denied) => ({ is: 'denied' as const, denied })),
      ),
      who,
    )
    .map(([outcome, approvers]) => batchReviewRefusal(outcome, approvers)),
  'what was left out of several': fc
    .record({
      alreadyAsked: fc.array(some.request, { maxLength: batchSize }),
      cannotBeEnded: fc.array(some.session, { maxLength: batchSize }),
      over: fc.integer({ min: 1, max: batchSize }),
    })
    .map((leftOut) => leftOutNote(0, leftOut) ?? failureNote('nothing was left out')),
  help: some.foreignText.map((typed) => helpView(menuEntries(), guessUnknown(typed, menuEntries()))),
  'a failure': some.foreignText.map(failureNote),
  'a lost memory': some.foreignText.map(storeUnreachable),
};

const views = {
  'App Home': fc.tuple(someHome(denied), some.instant).map(([home, drawnAt]) => homeView(home, drawnAt)),
  'the snooze form': fc
    .record({ alert: some.alert, tomorrowAt: fc.constant(1_764_000_000_000), timeZone: some.foreignText })
    .map(snoozeModal),
  'the disconnect form': fc
    .record({
      session: some.session,
      hostName: some.foreignText,
      ref: fc.uuid(),
      approval: fc.constantFrom('required' as const, 'none' as const),
      expiresAfterMs: fc.nat(),
      approvers: fc.constantFrom('named' as const, 'everyone' as const, 'nobody-else' as const),
    })
    .map(disconnectModal),
  details: fc
    .record(
      {
        session: some.session,
        host: fc.tuple(some.hostLine, some.hostId).map(([line, id]) => ({ ...line, id })),
        alert: some.alert,
        request: some.request,
        alike: fc.nat(),
        earlier: some.earlier,
      },
      { requiredKeys: ['session', 'host'] },
    )
    .map((details) => detailsModal(details, 'https://portal.azure.com')),
  'the form to pick several': fc
    .record({
      pick: some.sessionPick,
      mistakes: some.filterMistakes,
      approval: fc.constantFrom('required' as const, 'none' as const),
      expiresAfterMs: fc.nat(),
      approvers: fc.constantFrom('named' as const, 'everyone' as const, 'nobody-else' as const),
    })
    .map(pickerModal),
  'a notice': fc.tuple(some.foreignText, some.foreignText).map(([title, says]) => noticeModal(title, says)),
};

describe.each(Object.entries(messages))('%s, whatever is known and however it is spelled', (_, messages) => {
  it('is taken by Slack, with a text neither empty nor too long to edit, and marks up nothing from outside', () => {
    fc.assert(
      fc.property(messages, ({ text, blocks }) => {
        expect(validateBlocks(blocks, 'message')).toEqual([]);
        expect(text.trim()).not.toBe('');
        expect(text.length).toBeLessThanOrEqual(4000);
        expect(smuggledInBlocks(blocks, some.known)).toEqual([]);
        expect(smuggledInText(text, some.known)).toEqual([]);
      }),
      runs(100),
    );
  });
});

describe.each(Object.entries(views))('%s, whatever is known and however it is spelled', (_, views) => {
  it('is taken by Slack and marks up nothing that came from outside', () => {
    fc.assert(
      fc.property(views, (view) => {
        expect(validateView(view)).toEqual([]);
        expect(smuggledInBlocks(view, some.known)).toEqual([]);
      }),
      runs(100),
    );
  });
});
