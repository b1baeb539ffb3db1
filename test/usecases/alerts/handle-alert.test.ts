import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { HandlingVerb } from '../../../src/domain/alerts/handle.ts';
import { handleAlert } from '../../../src/usecases/alerts/handle-alert.ts';
import { offerSnooze } from '../../../src/usecases/alerts/offer-snooze.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { aHost, hour, noon } from '../../support/build.ts';
import { interleaved } from '../../support/calls.ts';
import { runs } from '../../support/runs.ts';
import { alice, audited, click, handlingOf, snooze, world } from './handled.ts';

const bob = { id: 'U0BOB' };
const acknowledge: HandlingVerb = { do: 'acknowledge' };
const unacknowledge: HandlingVerb = { do: 'unacknowledge' };
const unsnooze: HandlingVerb = { do: 'unsnooze' };

describe('handling an alert', () => {
  it('stores who, tells the record and the cards', async () => {
    const ports = await world();
    expect(await click(ports, acknowledge)).toMatchObject({ is: 'handled' });
    expect(await handlingOf(ports)).toEqual({ is: 'acknowledged', by: 'U0ALICE', at: noon });
    expect(ports.trail).toMatchObject([
      { what: 'alert-acknowledged', by: 'U0ALICE', alertId: 'alert-1', session: { sessionId: 'session-1' } },
    ]);
    expect(ports.jobs.enqueued.map((item) => (item.kind === 'card' ? item.key.card : item.kind))).toEqual([
      'alert',
      'alert-steps',
    ]);
  });

  it('can be undone, by a colleague too, and all of it is on record', async () => {
    const ports = await world();
    await click(ports, acknowledge);
    await click(ports, unacknowledge, bob);
    await click(ports, snooze, bob);
    await click(ports, unsnooze);
    expect(await handlingOf(ports)).toEqual({ is: 'unattended' });
    expect(audited(ports)).toEqual([
      ['alert-acknowledged', 'U0ALICE', undefined],
      ['alert-unacknowledged', 'U0BOB', undefined],
      ['alert-snoozed', 'U0BOB', 'backup runs'],
      ['alert-unsnoozed', 'U0ALICE', undefined],
    ]);
  });

  it('needs the right to disconnect: who may only look keeps nobody from hearing it', async () => {
    const ports = await world();
    for (const verb of [acknowledge, unacknowledge, unsnooze, snooze]) {
      expect(await click(ports, verb, { id: 'U0CAROL' })).toMatchObject({
        is: 'denied',
        denied: { right: 'disconnect' },
      });
    }
    expect(await handlingOf(ports)).toEqual({ is: 'unattended' });
    expect(audited(ports)[0]).toEqual(['disconnect-refused', 'U0CAROL', 'not-named']);
  });

  it.each([
    ['that nobody knows', 'other', { is: 'unknown-alert' }],
    ['whose session has ended', 'alert-1', { is: 'refused', because: 'closed' }],
  ])('changes nothing of an alert %s', async (_, alertId, outcome) => {
    const ports = await world({ state: { is: 'ended', checkedAt: noon } });
    expect(await handleAlert(ports, { alertId, verb: snooze, by: alice })).toMatchObject(outcome);
    expect(ports.trail).toEqual([]);
  });

  it('has one winner of two who acknowledge at once, in whatever order, and the other hears of them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        const outcomes = Promise.all(
          [alice, bob].map(async (by) => click(interleaved(ports, scheduler), acknowledge, by)),
        );
        await scheduler.waitFor(outcomes);
        const kinds = (await outcomes).map((outcome) =>
          outcome.is === 'refused' ? outcome.because : outcome.is,
        );
        expect(kinds.sort()).toEqual(['acknowledged-by-another', 'handled']);
        expect(audited(ports)).toHaveLength(1);
      }),
      runs(50),
    );
  });

  it('and a poll that sees the end lose nothing of each other, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const ports = await world();
        const replica = interleaved(ports, scheduler);
        const both = Promise.all([
          click(replica, snooze),
          pollHost(replica, aHost().id, { freshSince: noon + 1, haste: 'background' }),
        ]);
        await scheduler.waitFor(both);
        const [clicked] = await both;
        const alert = await ports.alerts.get('alert-1');
        expect(alert?.state.is).toBe('ended');
        expect(alert?.handling.is).toBe(clicked.is === 'handled' ? 'snoozed' : 'unattended');
        expect(await ports.due.by(noon + 2 * hour, 10)).not.toContainEqual({ kind: 'alert', id: 'alert-1' });
      }),
      runs(50),
    );
  });
});

describe('what is offered to somebody who wants to snooze', () => {
  it('names tomorrow morning where they are', async () => {
    const ports = await world();
    ports.people.profiles.set('U0ALICE', { standing: 'member', timeZone: 'America/New_York' });
    expect(await offerSnooze(ports, { alertId: 'alert-1', by: alice })).toMatchObject({
      is: 'offered',
      timeZone: 'America/New_York',
      tomorrowAt: Date.parse('2026-11-24T14:00:00Z'),
    });
  });

  it('takes UTC where Slack does not say', async () => {
    const ports = await world();
    ports.people.profiles.set('U0ALICE', undefined);
    expect(await offerSnooze(ports, { alertId: 'alert-1', by: alice })).toMatchObject({
      timeZone: 'UTC',
      tomorrowAt: Date.parse('2026-11-24T09:00:00Z'),
    });
  });

  it.each([
    ['may not', 'alert-1', { id: 'U0CAROL' }, { is: 'denied' }],
    ['asks for one that nobody knows', 'other', alice, { is: 'unknown-alert' }],
    ['comes too late', 'alert-1', alice, { is: 'refused', because: 'closed' }],
  ])('is nothing to somebody who %s', async (_, alertId, by, outcome) => {
    const ports = await world({ state: { is: 'ended', checkedAt: noon } });
    expect(await offerSnooze(ports, { alertId, by })).toMatchObject(outcome);
  });
});
