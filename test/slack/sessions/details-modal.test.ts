import { describe, expect, it } from '@jest/globals';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import { detailsModal } from '../../../src/slack/sessions/details-modal.ts';
import { aHost, aPast, aRequest, aSession, anAlert, minute, noon } from '../../support/build.ts';
import { dana, exactly, fay, oneOf } from '../../support/origins.ts';
import { read, sessionFactsRead } from '../kit/read.ts';

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
2026-11-23 11:00 UTC, at least 59 min, lost sight of: the host is gone
and 2 more`);
    const never = detailsModal({ ...known, earlier: { shown: [], count: 0 } }, portalUrl);
    expect(read(never)).toContain('Earlier sessions of this login on this machine: none known');
  });

  const portalUrl = 'https://portal.azure.us';
  const host = { name: 'bastion-prod', id: aHost().id, sessions: 1, readAt: noon, isStale: false };
  const known = { session: aSession(), host };
  const unknown =
    'Entra user and client address: unknown; the Bastion audit log has told nothing of this session so far';
  const portal = `Open the host in the Azure portal: ${portalUrl}/#resource${aHost().id}`;

  it('show what is known and lead to the portal', () => {
    expect(read(detailsModal(known, portalUrl))).toBe(
      `${sessionFactsRead}\n${unknown}\n---\nHost last read: 2026-11-23 12:00 UTC\nSession id: session-1\n---\n${portal}`,
    );
  });

  it.each([
    [{ is: 'one', id: 'U0FAY' }, 'Session of: @U0FAY'],
    [{ is: 'shared' }, 'Owner: nobody: a shared login'],
    [{ is: 'nobody' }, 'Owner: nobody that the policy knows'],
  ] as const)('tell whose it is, or that nobody knows: %j', (owner, said) => {
    expect(read(detailsModal({ ...known, owner }, portalUrl))).toContain(`${unknown}\n${said}\n---\n`);
  });

  it('tell who is behind it, from where, in which browser and by which tunnel', () => {
    const shown = (origin: Origin) =>
      read(detailsModal({ ...known, session: aSession({ origin }) }, portalUrl));
    expect(shown(exactly(fay))).toContain(`Entra user: fay@corp.example, exactly known
Client address: 203.0.113.7, exactly known
---
Host last read: 2026-11-23 12:00 UTC
User agent: Mozilla/5.0 Edg/141
Tunnel id: tunnel-1
Session id: session-1`);
    expect(shown(oneOf(fay, dana))).toContain('Possible connection 2: dana@corp.example, from 198.51.100.4');
  });

  it.each([
    [
      { failing: { since: noon + minute, failure: { kind: 'timed-out' as const } } },
      'bastion-prod not read since 2026-11-23 12:01 UTC: Azure did not answer in time',
    ],
    [{ isStale: true }, 'bastion-prod not read since 2026-11-23 12:00 UTC, at 2026-11-23 12:00 UTC'],
  ])('say first that the host is not read: %j', (silence, words) => {
    const shown = read(detailsModal({ ...known, host: { ...host, ...silence } }, portalUrl));
    expect(shown.split('\n')[0]).toBe(words);
  });

  it('say that a session cannot be ended to which Azure gives no id, and why, while it is open', () => {
    const withoutId = { ...known, session: aSession({ sessionId: '' }) };
    const sentence =
      'Cannot be ended from here: Azure gives this session no id, and ends sessions by nothing else';
    const over = anAlert({ state: { is: 'ended', checkedAt: noon } });

    expect(read(detailsModal(withoutId, portalUrl))).toContain(sentence);
    expect(read(detailsModal({ ...withoutId, alert: anAlert() }, portalUrl))).toContain(sentence);
    expect(read(detailsModal({ ...withoutId, alert: over }, portalUrl))).not.toContain('Cannot be ended');
    expect(read(detailsModal(known, portalUrl))).not.toContain('Cannot be ended');
  });

  it('say why nothing is known of who is behind it', () => {
    const logTrouble = { since: noon, problem: { is: 'not-set' as const } };
    expect(read(detailsModal({ ...known, logTrouble }, portalUrl))).toContain(
      'unknown; the Bastion audit log tells nothing: LOG_ANALYTICS_WORKSPACE_ID is not set',
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
      'Host last read: 2026-11-23 12:00 UTC\nKind of target: VM\nMachine id: /subscriptions/1/vm-web-1',
    );
    expect(shown).toContain(
      'Tunnel: 2 other sessions with the same login, machine and start: one tunnel, some may be left over.',
    );
    expect(shown).toContain('Alert: Open too long\nRaised: 2026-11-23 12:00 UTC');
    expect(shown).toContain('Request: Waiting for approval');
    expect(shown).toContain('\nAsked by: @U0ASKER, 2026-11-23 12:00 UTC\nReason: left open over lunch');
  });
});
