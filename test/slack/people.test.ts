import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { wayOut } from '../../src/net/way-out.ts';
import { slackPeople } from '../../src/slack/people.ts';
import { webClient } from '../../src/slack/wire/web-client.ts';
import type { SlackOptions, SlackSimulator } from '../simulator/slack/simulator.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import { logLines } from '../support/log-lines.ts';

const others: SlackOptions['people'] = [
  { id: 'U0ALICE', name: 'alice' },
  { id: 'U0GUEST', name: 'gus', isGuest: true },
  { id: 'U0PARTNER', name: 'pat', teamId: 'T0PARTNER' },
  { id: 'U0APP', name: 'deployer', isBot: true },
  { id: 'U0LEFT', name: 'lee', isDeactivated: true, isGuest: true, timeZone: 'America/New_York' },
];

let slack: SlackSimulator;
let people: ReturnType<typeof slackPeople>;
let logged: ReturnType<typeof logLines>;
let here: { readonly teamId: string; readonly enterpriseId?: string } | undefined;

beforeEach(async () => {
  here = { teamId: 'T0BASTION' };
  slack = await startSlack({ people: others });
  logged = logLines();
  const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = slack.environment;
  people = slackPeople({
    workspace: () => here,
    client: webClient({ token, apiUrl, timeoutMs: 2000, retries: 0, out: wayOut(), log: logged.log }),
    log: logged.log,
  });
});
afterEach(async () => slack.stop());

describe('the members of a group', () => {
  it('are those that Slack names', async () => {
    const members = new Set(['U0ALICE', 'U0BOB']);
    expect(await people.membersOf('S0OPS', 'deciding')).toEqual({ ok: true, value: members });
  });

  it('are not known while Slack does not answer, even where they were before', async () => {
    await people.membersOf('S0OPS', 'deciding');
    slack.fault({ method: 'usergroups.users.list', times: 1, instead: { status: 503 } });
    expect(await people.membersOf('S0OPS', 'deciding')).toEqual({ ok: false });
  });

  it('are nobody in a group that was disabled, which is said', async () => {
    const group = slack.world.groups.get('S0OPS');
    if (group) group.isDisabled = true;
    expect(await people.membersOf('S0OPS', 'deciding')).toEqual({ ok: false, isGone: true });
  });

  it('are nobody in a group that is not there, and the log says why', async () => {
    expect(await people.membersOf('S0NOBODY', 'deciding')).toEqual({ ok: false, isGone: true });
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
    expect(await people.membersOf('S0OPS', 'deciding')).toEqual({
      ok: false,
      missingScope: 'usergroups:read',
    });
  });
});

describe('a person', () => {
  it.each([
    ['U0ALICE', { standing: 'member', timeZone: 'Europe/Berlin', email: 'alice@example.com' }],
    ['U0GUEST', { standing: 'guest', timeZone: 'Europe/Berlin', email: 'gus@example.com' }],
    ['U0PARTNER', { standing: 'elsewhere', timeZone: 'Europe/Berlin', email: 'pat@example.com' }],
    ['U0APP', { standing: 'bot', timeZone: 'Europe/Berlin', email: 'deployer@example.com' }],
    ['U0LEFT', { standing: 'deactivated', timeZone: 'America/New_York', email: 'lee@example.com' }],
  ])('%s is what Slack says', async (id, profile) => {
    expect(await people.person(id, 'deciding')).toEqual({ ok: true, value: profile });
  });

  it('has no address for a token without the right to read it', async () => {
    slack.token.scopes.delete('users:read.email');
    expect(await people.person('U0ALICE', 'deciding')).toEqual({
      ok: true,
      value: { standing: 'member', timeZone: 'Europe/Berlin' },
    });
  });

  it('is not known where Slack does not say whose the bot itself is', async () => {
    here = undefined;
    expect(await people.person('U0ALICE', 'deciding')).toEqual({ ok: false });
    here = { teamId: 'T0BASTION' };
    expect(await people.person('U0ALICE', 'deciding')).toMatchObject({ ok: true });
  });

  it('is not known to a token without the right, whose name comes with the answer', async () => {
    slack.token.scopes.delete('users:read');
    expect(await people.person('U0ALICE', 'deciding')).toEqual({ ok: false, missingScope: 'users:read' });
  });
});

describe('a person by e-mail', () => {
  it('is found', async () => {
    expect(await people.byEmail('alice@example.com', 'deciding')).toEqual({ ok: true, value: 'U0ALICE' });
  });

  it.each(['nobody@example.com', 'lee@example.com'])('is nobody where %s has no account', async (email) => {
    expect(await people.byEmail(email, 'deciding')).toEqual({ ok: true, value: undefined });
    expect(logged.lines).toEqual([]);
  });

  it('is not known to a token without the right, and the log holds no address', async () => {
    slack.token.scopes.delete('users:read.email');
    expect(await people.byEmail('alice@example.com', 'deciding')).toEqual({
      ok: false,
      missingScope: 'users:read.email',
    });
    expect(JSON.stringify(logged.lines)).not.toContain('alice');
  });
});

describe('the ids of a person', () => {
  it.each(['U0FAY', 'W0FAY'])('are those of the workspace and of the company in a Grid: %s', async (id) => {
    const grid = await startSlack({
      enterprise: { id: 'E0CORP', name: 'Corp' },
      people: [{ id: 'U0FAY', name: 'fay', enterpriseUserId: 'W0FAY' }],
    });
    const { SLACK_BOT_TOKEN: token, SLACK_API_URL: apiUrl } = grid.environment;
    const client = webClient({ token, apiUrl, timeoutMs: 2000, retries: 0, out: wayOut(), log: logged.log });
    const there = slackPeople({ client, workspace: () => undefined, log: logged.log });
    const ids = await there.idsOf(id, 'deciding');
    expect(ids.ok && new Set(ids.value)).toEqual(new Set(['U0FAY', 'W0FAY']));
    expect(await there.idsOf('U0NOBODY', 'deciding')).toEqual({ ok: false });
    await grid.stop();
  });
});
