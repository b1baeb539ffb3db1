import { describe, expect, it } from '@jest/globals';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Home, HomeSights } from '../../../src/domain/home/home.ts';
import { homeView } from '../../../src/slack/home/home.ts';
import { aBatch, aRequest, aSession, anAlert, hour, minute, noon } from '../../support/build.ts';
import { dana, exactly, fay, likely, oneOf } from '../../support/origins.ts';
import { read } from '../kit/read.ts';

const own = { ref: 'ref-2', session: aSession({ vmLogin: 'alice', vm: { name: 'vm-db-1' } }) };
const sights: HomeSights = {
  polling: { is: 'on-time' },
  alerts: { shown: [anAlert()], count: 3 },
  mine: {
    shown: [{ ...own, hostName: 'bastion-prod', attention: 'none' as const, readAt: noon, isStale: false }],
    count: 1,
  },
  hosts: [
    { name: 'bastion-test', sessions: 0, overLimit: 0, readAt: noon, isStale: false },
    { name: 'bastion-prod', sessions: 12, overLimit: 2, readAt: noon, isStale: false },
    {
      name: 'bastion-lab',
      sessions: 4,
      overLimit: 0,
      isStale: false,
      failing: { since: noon, failure: { kind: 'locked' } },
    },
  ],
  isDiscovered: true,
  problems: [],
  offer: 'required',
};

const snooze = { by: 'U0BOSS', at: noon, until: noon + hour, reason: 'backup runs' };
const none = { shown: [], count: 0 };
const shown = (home: Home) => read(homeView(home, noon)).split('\n---\n');

describe('App Home', () => {
  it('says that alerts do not reach their channel', () => {
    expect(shown({ sights: { ...sights, alertsRefused: 'not_in_channel' } })).toContain(
      `Alerts do not reach their channel.
The bot is not in the alerts channel.
Anybody in that channel can invite it: /invite @Bastion Bot.`,
    );
  });

  it('shows what waits, what is open too long, what is mine, and the hosts', () => {
    const waiting = { shown: [{ is: 'request', request: aRequest() } as const], count: 1 };
    expect(read(homeView({ sights, waiting }, noon + minute))).toBe(`Waiting for your approval
---
azureuser on vm-web-1 since 2026-11-23 11:00 UTC
SSH through bastion-prod
Asked by: @U0ASKER, 2026-11-23 12:00 UTC
Reason: left open over lunch
Expires: 2026-11-23 12:30 UTC
---
[Approve & disconnect] [Deny]
---
Open alerts
---
azureuser on vm-web-1 since 2026-11-23 11:00 UTC (limit 1 h)
SSH through bastion-prod
---
[Acknowledge] [Snooze] [Request disconnect] [Details]
---
And 2 alerts more.
---
Your sessions
---
alice on vm-db-1 since 2026-11-23 11:00 UTC
SSH through bastion-prod
---
[Request disconnect] [Details]
---
Bastion hosts
---
bastion-prod: 12 sessions, 2 over the limit
bastion-test: no sessions
bastion-lab not read since 2026-11-23 12:00 UTC: a ReadOnly lock blocks it
---
As of 12:01:00 UTC. Changes follow within a minute or two while this tab is new; after ten minutes, open it again.`);
  });

  it('shows who is behind a session and from where', () => {
    const session = aSession({ origin: likely(fay) });
    const waiting = { shown: [{ is: 'request', request: aRequest({ session }) } as const], count: 1 };
    const mine = {
      ...own,
      hostName: 'bastion-prod',
      attention: 'none' as const,
      readAt: noon,
      isStale: false,
    };
    const home = {
      ...sights,
      alerts: { shown: [anAlert({ session: aSession({ origin: oneOf(fay, dana) }) })], count: 1 },
      mine: { shown: [{ ...mine, session: { ...own.session, origin: exactly(fay) } }], count: 1 },
    };
    const said = shown({ sights: home, waiting }).join('\n');
    expect(said).toContain(
      'SSH through bastion-prod · likely from 203.0.113.7 · likely Entra user fay@corp.example\nAsked by',
    );
    expect(said).toContain('SSH through bastion-prod · one of fay@corp.example, dana@corp.example');
    expect(said).toContain('SSH through bastion-prod · from 203.0.113.7 · Entra user fay@corp.example\n');
  });

  it.each<[string, Partial<Alert>, string, string]>([
    ['nobody has it in hand', {}, 'SSH through bastion-prod', '[Acknowledge] [Snooze] [Request disconnect]'],
    [
      'it is acknowledged',
      { handling: { is: 'acknowledged', by: 'U0BOSS', at: noon } },
      'Acknowledged by @U0BOSS, 2026-11-23 12:00 UTC.',
      '[Undo acknowledgement] [Snooze] [Request disconnect]',
    ],
    [
      'it is snoozed',
      { handling: { is: 'snoozed', ...snooze } },
      'Snoozed by @U0BOSS, 2026-11-23 12:00 UTC, until 2026-11-23 13:00 UTC: backup runs',
      '[Acknowledge] [End snooze] [Snooze] [Request disconnect]',
    ],
    [
      'the snooze is over',
      { handling: { is: 'woken', ...snooze } },
      'until 2026-11-23 13:00 UTC: backup runs\nThe snooze is over.',
      '[Acknowledge] [Snooze] [Request disconnect]',
    ],
    [
      'its host is silent',
      { state: { is: 'unconfirmed' } },
      'SSH through bastion-prod\nNot confirmed since 2026-11-23 12:00 UTC.',
      '[Acknowledge] [Snooze] [Request disconnect]',
    ],
  ])('says of an alert how it stands, and offers what can be done then: %s', (_, change, last, buttons) => {
    const alerts = { shown: [anAlert(change)], count: 1 };
    const [, said, offered] = shown({ sights: { ...sights, alerts } });
    expect(said).toMatch(new RegExp(`${last.replaceAll('.', '\\.')}$`));
    expect(offered).toBe(`${buttons} [Details]`);
  });

  it('shows several asked for at once as one', () => {
    const members = [aRequest(), aRequest({ session: aSession({ vmLogin: 'dba' }) })];
    const waiting = { shown: [{ is: 'batch', batch: aBatch(), members } as const], count: 4 };
    const [, facts, buttons, rest] = shown({ sights, waiting });
    expect(facts).toContain('2 sessions: azureuser on vm-web-1, dba on vm-web-1\nAsked by: @U0ASKER');
    expect(buttons).toBe('[Approve & disconnect] [Deny]');
    expect(rest).toBe('And 3 requests more.');
  });

  it('says that there is nothing, and never of a host that was not read', () => {
    const home = { sights: { ...sights, alerts: none, mine: none, hosts: [] }, waiting: none };
    const said = shown(home).join('\n');
    expect(said).toContain('Nothing waits for you.');
    expect(said).toContain('No session is open longer than its rule allows.');
    expect(said).toContain('No open session is known to be yours.');
    expect(said).toContain('No Bastion host was found in what the bot may read.');
  });

  it('offers no disconnect to whoever may not ask', () => {
    expect(shown({ sights: { ...sights, offer: 'off' } }).join()).not.toContain('disconnect');
  });

  it('says first that nobody reads the hosts', () => {
    const [shownFirst] = shown({ sights: { ...sights, polling: { is: 'nobody-polls' } } });
    expect(shownFirst).toContain('Nobody reads the hosts: no worker of the bot runs.');
  });

  it('counts the hosts that have no line', () => {
    const hosts = Array.from({ length: 17 }, (_, index) => ({
      name: `bastion-${index}`,
      sessions: 2,
      overLimit: 0,
      readAt: noon - hour,
      isStale: false,
    }));
    expect(shown({ sights: { ...sights, hosts } }).join()).toContain('And 2 hosts more with 4 sessions');
  });

  it('says who may, to whoever may not', () => {
    const denied = { allowed: false, right: 'view', who: ['S0OPS'], because: 'not-named' } as const;
    expect(shown({ sights: denied })[0]).toBe('You may not see sessions. The policy allows view to @S0OPS.');
  });
});
