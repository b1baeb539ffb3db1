import { describe, expect, it } from '@jest/globals';
import type { Origin, StoreOwner, Workspace } from '../../../src/domain/people/workspace.ts';
import { isForUs, ownerNow, storeStanding } from '../../../src/domain/people/workspace.ts';

const here: Workspace = { teamId: 'T0', teamName: 'Here', botUserId: 'U0BOT', appId: 'A0' };
const owner: StoreOwner = { ...here, version: 3, tokens: ['old'] };
const withoutAppId = (workspace: Workspace): Workspace => {
  const { teamId, teamName, botUserId } = workspace;
  return { teamId, teamName, botUserId };
};

describe('whose a store is', () => {
  it.each([
    ['a store of nobody', undefined, { token: 'new', workspace: here }, 'free'],
    ['the same app in the same workspace', owner, { token: 'new', workspace: here }, 'ours'],
    ['another workspace', owner, { token: 'old', workspace: { ...here, teamId: 'T1' } }, 'of-another'],
    ['another app', owner, { token: 'old', workspace: { ...here, appId: 'A1' } }, 'of-another'],
    ['an app not named, by its bot', owner, { token: 'new', workspace: withoutAppId(here) }, 'ours'],
    [
      'an app not named, by its token',
      owner,
      { token: 'old', workspace: withoutAppId({ ...here, botUserId: 'U1' }) },
      'ours',
    ],
    [
      'an app not named',
      owner,
      { token: 'new', workspace: withoutAppId({ ...here, botUserId: 'U1' }) },
      'unsure',
    ],
    ['a token Slack has said nothing of', owner, { token: 'new' }, 'unsure'],
    ['the token of the owner', owner, { token: 'old' }, 'ours'],
  ] as const)('tells %s', (_, stored, installed, standing) => {
    expect(storeStanding(stored, installed)).toBe(standing);
  });

  it('is written once, and again when something of it has changed', () => {
    expect(ownerNow(undefined, here, 'new')).toEqual({ ...here, version: 0, tokens: ['new'] });
    expect(ownerNow(owner, here, 'old')).toBeUndefined();
    expect(ownerNow(owner, withoutAppId(here), 'old')).toBeUndefined();
    expect(ownerNow(owner, { ...here, teamName: 'There' }, 'old')?.teamName).toBe('There');
    expect(ownerNow(owner, { ...here, enterpriseId: 'E0' }, 'old')?.enterpriseId).toBe('E0');
    expect(ownerNow(owner, withoutAppId(here), 'new')).toEqual({ ...owner, tokens: ['new', 'old'] });
  });

  it('knows the last tokens only', () => {
    const tokens = ['4', '3', '2', '1'];
    expect(ownerNow({ ...owner, tokens }, here, '5')?.tokens).toEqual(['5', '4', '3', '2']);
  });
});

describe('what Slack hands over', () => {
  const access = { view: ['everyone', 'S0OPS'], disconnect: ['U0FRIEND'], approve: [] };
  const grid: Workspace = { ...here, enterpriseId: 'E0' };

  it.each<[string, Workspace, Origin, boolean]>([
    ['for this app from here', here, { appId: 'A0', teamId: 'T0' }, true],
    ['for another app', here, { appId: 'A1', teamId: 'T0' }, false],
    ['for no app, as a shortcut', here, { teamId: 'T0' }, true],
    ['for no app, from another workspace', here, { teamId: 'T1' }, false],
    ['for no app from nowhere', here, {}, true],
    ['for an app not named yet', withoutAppId(here), { appId: 'A1', teamId: 'T0' }, true],
    ['from another workspace', here, { appId: 'A0', teamId: 'T1' }, false],
    ['from no workspace', here, { appId: 'A0' }, true],
    ['from no workspace of an enterprise', here, { appId: 'A0', enterpriseId: 'E0' }, false],
    ['from the enterprise', grid, { appId: 'A0', enterpriseId: 'E0' }, true],
    ['from no workspace in a Grid', grid, { appId: 'A0' }, true],
    ['from a workspace beside', grid, { appId: 'A0', teamId: 'T1', enterpriseId: 'E0' }, true],
    ['from another enterprise', grid, { appId: 'A0', teamId: 'T1', enterpriseId: 'E1' }, false],
    ['from another workspace in a Grid', grid, { appId: 'A0', teamId: 'T1' }, false],
    ['from the enterprise in the place of a workspace', grid, { appId: 'A0', teamId: 'E0' }, true],
    ['from another enterprise in that place', grid, { appId: 'A0', teamId: 'E1' }, false],
    ['by somebody named', here, { appId: 'A0', teamId: 'T1', by: 'U0FRIEND' }, true],
    ['by somebody named, for another app', here, { appId: 'A1', teamId: 'T1', by: 'U0FRIEND' }, false],
    ['by somebody who is everyone', here, { appId: 'A0', teamId: 'T1', by: 'U0STRANGER' }, false],
  ])('%s', (_, workspace, origin, isAdmitted) => {
    expect(isForUs(workspace, access, origin)).toBe(isAdmitted);
  });
});
