import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { HandlingVerb } from '../../../src/domain/alerts/handle.ts';
import { handle, longestSnoozeMs } from '../../../src/domain/alerts/handle.ts';
import type { Handling, Snooze } from '../../../src/domain/alerts/handling.ts';
import { anAlert, hour, minute, noon } from '../../support/build.ts';
import { eachTheirOwn, identities } from '../../support/identities.ts';

const now = noon + minute;
const bob = { id: 'U0BOB', known: eachTheirOwn };
const acknowledged: Handling = { is: 'acknowledged', by: 'U0ALICE', at: noon };
const snooze: Snooze = { by: 'U0ALICE', at: noon, until: noon + hour, reason: 'backup runs' };
const snoozed: Handling = { is: 'snoozed', ...snooze };
const woken: Handling = { is: 'woken', ...snooze };
const forAnHour: HandlingVerb = { do: 'snooze', until: now + hour, reason: 'patching' };

function after(handling: Handling, verb: HandlingVerb, by = 'U0BOB'): Handling | string {
  const decision = handle(anAlert({ handling }), verb, { handler: { id: by, known: eachTheirOwn }, now });
  return decision.accepted ? decision.next.handling : decision.because;
}

describe('an alert card', () => {
  const byBob = { by: 'U0BOB', at: now };
  const bobSnoozes = { is: 'snoozed', ...byBob, until: now + hour, reason: 'patching' };

  it.each<[Handling['is'], Handling, HandlingVerb, unknown]>([
    ['unattended', { is: 'unattended' }, { do: 'acknowledge' }, { is: 'acknowledged', ...byBob }],
    ['unattended', { is: 'unattended' }, { do: 'unacknowledge' }, 'as-wished'],
    ['unattended', { is: 'unattended' }, { do: 'unsnooze' }, 'as-wished'],
    ['unattended', { is: 'unattended' }, forAnHour, bobSnoozes],
    ['acknowledged', acknowledged, { do: 'acknowledge' }, 'acknowledged-by-another'],
    ['acknowledged', acknowledged, { do: 'unacknowledge' }, { is: 'unattended' }],
    ['acknowledged', acknowledged, forAnHour, { ...bobSnoozes, acknowledged: { by: 'U0ALICE', at: noon } }],
    ['snoozed', snoozed, { do: 'acknowledge' }, { is: 'acknowledged', ...byBob }],
    ['snoozed', snoozed, { do: 'unsnooze' }, { is: 'unattended' }],
    ['snoozed', snoozed, forAnHour, bobSnoozes],
    ['woken', woken, { do: 'acknowledge' }, { is: 'acknowledged', ...byBob }],
    ['woken', woken, { do: 'unsnooze' }, 'as-wished'],
    ['woken', woken, forAnHour, bobSnoozes],
  ])('that is %s: %#', (_is, handling, verb, expected) => {
    expect(after(handling, verb)).toEqual(expected);
  });

  it('takes the second click of one person for the first', () => {
    expect(after(acknowledged, { do: 'acknowledge' }, 'U0ALICE')).toBe('as-wished');
  });

  it('takes the second delivery of one form for the first', () => {
    const earlier: Handling = {
      is: 'snoozed',
      by: 'U0BOB',
      at: now - 1000,
      until: now + hour,
      reason: 'patching',
    };
    expect(after(earlier, forAnHour)).toBe('as-wished');
    expect(after({ ...earlier, until: now + hour - 1000 }, forAnHour)).toBe('as-wished');
    expect(after({ ...earlier, at: now - minute }, forAnHour)).toMatchObject({ at: now });
    expect(after({ ...earlier, until: now + hour / 2 }, forAnHour)).toMatchObject({ at: now });
    expect(after({ ...earlier, until: now + 2 * hour }, forAnHour)).toMatchObject({ at: now });
    expect(after({ ...earlier, reason: 'backup runs' }, forAnHour)).toMatchObject({ at: now });
    expect(after({ ...earlier, by: 'U0ALICE' }, forAnHour)).toMatchObject({ by: 'U0BOB' });
  });

  it('takes both ids of one person for one', () => {
    const known = identities(['U0ALICE', 'W0ALICE']);
    const alert = anAlert({ handling: acknowledged });
    const again = handle(alert, { do: 'acknowledge' }, { handler: { id: 'W0ALICE', known }, now });
    expect(again).toEqual({ accepted: false, because: 'as-wished' });
  });

  it('is as it was before once a snooze is undone, acknowledged where it was', () => {
    const decision = handle(anAlert({ handling: acknowledged }), forAnHour, { handler: bob, now });
    if (!decision.accepted) throw new Error(decision.because);
    expect(after(decision.next.handling, { do: 'unsnooze' })).toEqual(acknowledged);
  });

  it.each([
    ['now', now, 'time-passed'],
    ['in the past', now - hour, 'time-passed'],
    ['in more than a week', now + longestSnoozeMs + 1, 'too-long'],
  ])('cannot be snoozed until a moment %s', (_, until, because) => {
    expect(after({ is: 'unattended' }, { do: 'snooze', until, reason: 'x' })).toBe(because);
  });

  it.each<Alert['state']>([
    { is: 'ended', checkedAt: noon },
    { is: 'lost', at: noon, why: 'host-gone' },
    { is: 'lifted', at: noon },
  ])('takes no click once its session is $is', (state) => {
    const alert = anAlert({ state, handling: snoozed });
    for (const verb of [{ do: 'acknowledge' }, { do: 'unsnooze' }, forAnHour] as const) {
      expect(handle(alert, verb, { handler: bob, now })).toEqual({ accepted: false, because: 'closed' });
    }
  });

  it('remembers what was done, the latest thirty', () => {
    const verbs = Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0 ? ({ do: 'acknowledge' } as const) : ({ do: 'unacknowledge' } as const),
    );
    const alert = verbs.reduce((before, verb, index) => {
      const decision = handle(before, verb, { handler: bob, now: now + index });
      return decision.accepted ? decision.next : before;
    }, anAlert());
    expect(alert.steps).toHaveLength(30);
    expect(alert.steps.at(-1)).toEqual({ did: 'unacknowledged', by: 'U0BOB', at: now + 39 });
  });
});
