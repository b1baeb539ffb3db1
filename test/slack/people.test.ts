import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { People } from '../../src/ports/people.ts';
import { slackPeople } from '../../src/slack/people.ts';
import { webClient } from '../../src/slack/wire/web-client.ts';
import type { SlackOptions, SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import { logLines } from '../support/log-lines.ts';

const others: SlackOptions['people'] = [
  { id: 'U0ALICE', name: 'alice' },
  { id: 'U0GUEST', name: 'gus', isGuest: true },
  { id: 'U0PARTNER', name: 'pat', teamId: 'T0PARTNER' },
  { id: 'U0LEFT', name: 'lee', isDeactivated: true, isGuest: true, timeZone: 'America/New_York' },
];

let slack: SlackSimulator;
let people: People;
let logged: ReturnType<typeof logLines>;

beforeEach(async () => {
  slack = await startSlack({ people: others });
  logged = logLines();
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = slack.environment;
  people = slackPeople({
    client: webClient({ token, apiUrl, timeoutMs: 2000, retries: 0, log: logged.log }),
    log: logged.log,
  });
});
afterEach(async () => slack.stop());

describe('the members of a group', () => {
  it('are those that Slack names', async () => {
    const members = new Set(['U0ALICE', 'U0BOB']);
    expect(await people.membersOf('S0OPS')).toEqual({ ok: true, value: members });
  });

  it('are not known while Slack does not answer, even where they were before', async () => {
    await people.membersOf('S0OPS');
    slack.fault({ method: 'usergroups.users.list', times: 1, instead: { status: 503 } });
    expect(await people.membersOf('S0OPS')).toEqual({ ok: false });
  });

  it('are not known of a group that is not there, and the log says why', async () => {
    expect(await people.membersOf('S0NOBODY')).toEqual({ ok: false });
    expect(logged.lines).toEqual([
      {
        level: 'warn',
        fields: { groupId: 'S0NOBODY', code: 'no_such_subteam' },
        event: 'not told by Slack',
      },
    ]);
  });

  it('are not known to a token without the right, whose name comes with the answer', async () => {
    slack.token.scopes.delete('usergroups:read');
    expect(await people.membersOf('S0OPS')).toEqual({ ok: false, missingScope: 'usergroups:read' });
  });
});

describe('a person', () => {
  it.each([
    ['U0ALICE', { standing: 'member', timeZone: 'Europe/Berlin', email: 'alice@example.com' }],
    ['U0GUEST', { standing: 'guest', timeZone: 'Europe/Berlin', email: 'gus@example.com' }],
    ['U0PARTNER', { standing: 'elsewhere', timeZone: 'Europe/Berlin', email: 'pat@example.com' }],
    ['U0LEFT', { standing: 'deactivated', timeZone: 'America/New_York', email: 'lee@example.com' }],
  ])('%s is what Slack says', async (id, profile) => {
    expect(await people.person(id)).toEqual({ ok: true, value: profile });
  });

  it('has no address for a token without the right to read it', async () => {
    slack.token.scopes.delete('users:read.email');
    expect(await people.person('U0ALICE')).toEqual({
      ok: true,
      value: { standing: 'member', timeZone: 'Europe/Berlin' },
    });
  });

  it('is not known where Slack does not say whose the bot itself is', async () => {
    slack.fault({ method: 'auth.test', times: 1, instead: { status: 503 } });
    expect(await people.person('U0ALICE')).toEqual({ ok: false });
    expect(await people.person('U0ALICE')).toMatchObject({ ok: true });
  });

  it('is not known to a token without the right, whose name comes with the answer', async () => {
    slack.token.scopes.delete('users:read');
    expect(await people.person('U0ALICE')).toEqual({ ok: false, missingScope: 'users:read' });
  });
});

describe('a person by e-mail', () => {
  it('is found', async () => {
    expect(await people.byEmail('alice@example.com')).toEqual({ ok: true, value: 'U0ALICE' });
  });

  it.each(['nobody@example.com', 'lee@example.com'])('is nobody where %s has no account', async (email) => {
    expect(await people.byEmail(email)).toEqual({ ok: true, value: undefined });
    expect(logged.lines).toEqual([]);
  });

  it('is not known to a token without the right, and the log holds no address', async () => {
    slack.token.scopes.delete('users:read.email');
    expect(await people.byEmail('alice@example.com')).toEqual({
      ok: false,
      missingScope: 'users:read.email',
    });
    expect(JSON.stringify(logged.lines)).not.toContain('alice');
  });
});
