import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Workspace } from '../../../src/domain/people/workspace.ts';
import type { Admission } from '../../../src/slack/wire/admission.ts';
import { admission } from '../../../src/slack/wire/admission.ts';
import type { LogLine } from '../../support/log.ts';
import { keepingLog } from '../../support/log.ts';

const access = { view: ['U0FRIEND'], disconnect: [], approve: [] };
const here = { teamId: 'T0', teamName: 'Here', botUserId: 'U0BOT' };
const ours = { api_app_id: 'A0', team: { id: 'T0', domain: 'here' }, enterprise: null };

let workspace: Workspace | undefined;
let isOurs: boolean;
let lines: readonly LogLine[];
let admit: Admission;

beforeEach(() => {
  workspace = { ...here, appId: 'A0' };
  isOurs = true;
  const kept = keepingLog();
  lines = kept.lines;
  const installation = {
    workspace: () => workspace,
    isOurs: () => isOurs,
    learnApp: async (appId: string) => {
      workspace = { ...here, appId };
    },
  };
  admit = admission({ installation, access, log: kept.log });
});

describe('what Slack hands over', () => {
  it.each([
    ['a click', { ...ours, type: 'block_actions', user: { id: 'U0ALICE', team_id: 'T0' } }],
    ['an event', { type: 'event_callback', api_app_id: 'A0', team_id: 'T0', event: { user: 'U0ALICE' } }],
    ['a command', { command: '/bastion', api_app_id: 'A0', team_id: 'T0', enterprise_id: '', user_id: 'U0' }],
    ['a message shortcut, which names no app', { type: 'message_action', team: { id: 'T0' } }],
    ['a global shortcut', { type: 'shortcut', team: { id: 'T0' }, user: { id: 'U0' } }],
    ['without a workspace', { ...ours, team: null }],
    ['without anything that could be of another', {}],
    ['of a person named', { ...ours, team: { id: 'T1' }, user: { id: 'U0FRIEND', team_id: 'T1' } }],
    ['of a person named, in an event', { api_app_id: 'A0', team_id: 'T1', event: { user: 'U0FRIEND' } }],
  ])('is taken: %s', async (_, body) => {
    expect(await admit(body)).toBe('admitted');
    expect(lines).toEqual([]);
  });

  it.each([
    ['another app', { ...ours, api_app_id: 'A1' }],
    ['an app that is a list', { ...ours, api_app_id: ['A0'] }],
    ['another workspace', { ...ours, team: { id: 'T1' } }],
    ['another workspace beside ours', { ...ours, team_id: 'T1' }],
    ['a workspace that is text', { ...ours, team: 'T0' }],
    ['another enterprise', { ...ours, team: null, enterprise: { id: 'E1', name: 'Others' } }],
    [
      'a person named beside the one who clicks',
      { ...ours, team: { id: 'T1' }, user: { id: 'U0STRANGER' }, user_id: 'U0FRIEND' },
    ],
    ['a person who is nobody', { ...ours, team: { id: 'T1' }, user: { id: 'everyone' } }],
  ])('is refused: %s', async (_, body) => {
    expect(await admit(body)).toBe('refused');
    expect(lines).toHaveLength(1);
  });

  it.each([
    ['another app', { api_app_id: 'A1', team_id: 'T0' }],
    ['another workspace', { api_app_id: 'A0', team_id: 'T1' }],
    ['an app that is a list', { api_app_id: ['A0'], team_id: 'T0' }],
  ])('is ignored where it is an event, which Slack would repeat: of %s', async (_, body) => {
    expect(await admit({ type: 'event_callback', ...body })).toBe('ignored');
    expect(lines).toHaveLength(1);
  });

  it('is refused in the log once for each app and workspace', async () => {
    for (const id of ['T1', 'T2', 'T1', 'T2']) await admit({ ...ours, team: { id } });
    expect(lines.map(({ fields }) => fields)).toEqual([
      { app: 'A0', team: 'T1' },
      { app: 'A0', team: 'T2' },
    ]);
  });

  it('names the app where Slack does not, from then on for all', async () => {
    workspace = here;
    expect(await admit({ ...ours, team: { id: 'T1' }, api_app_id: 'A9' })).toBe('refused');
    expect(await admit(ours)).toBe('admitted');
    expect(await admit({ ...ours, api_app_id: 'A1' })).toBe('refused');
  });

  it('waits until it is known whose the store is', async () => {
    isOurs = false;
    expect(await admit(ours)).toBe('not-yet');
    isOurs = true;
    expect(await admit(ours)).toBe('admitted');
  });

  it('waits until it is known where the app is, also while nobody has the store', async () => {
    workspace = undefined;
    expect(await admit(ours)).toBe('not-yet');
    expect(lines).toEqual([]);
    workspace = { ...here, appId: 'A0' };
    expect(await admit(ours)).toBe('admitted');
  });

  it('teaches no app where it names none', async () => {
    workspace = here;
    expect(await admit({ type: 'shortcut', team: { id: 'T0' } })).toBe('admitted');
    expect(workspace).toEqual(here);
  });

  it('does not wait longer than Slack does for what the store says of its app', async () => {
    isOurs = false;
    const { log } = keepingLog();
    const installation = {
      workspace: () => here,
      isOurs: () => isOurs,
      learnApp: async () => new Promise<void>(() => undefined),
    };
    expect(await admission({ installation, access, log })(ours)).toBe('not-yet');
  });
});
