import { beforeEach, describe, expect, it } from '@jest/globals';
import type { StoreOwnership } from '../../src/app/store-ownership.ts';
import { storeOwnership } from '../../src/app/store-ownership.ts';
import type { Installed, StoreOwner, Workspace } from '../../src/domain/people/workspace.ts';
import type { StoreOwners } from '../../src/ports/store-owner.ts';
import { StoreUnreachable } from '../../src/ports/store-unreachable.ts';
import { UnreadableRecord } from '../../src/ports/unreadable-record.ts';
import { keepingLog } from '../support/log.ts';
import { memoryStoreOwner } from '../support/memory-store-owner.ts';

const here: Workspace = { teamId: 'T0', teamName: 'Here', botUserId: 'U0BOT', appId: 'A0' };
const there: Workspace = { teamId: 'T1', teamName: 'There', botUserId: 'U1BOT', appId: 'A1' };
const ownedBy = (workspace: Workspace): StoreOwner => ({ ...workspace, version: 0, tokens: ['its token'] });
const unreadable = new UnreadableRecord({
  key: '{bastion}:workspace',
  reference: '01234567',
  why: 'not of schema 1',
  since: 0,
});

const withoutAppId = (): Workspace => {
  const { appId: _, ...rest } = here;
  return { ...rest, botUserId: 'U9BOT' };
};

let installed: Installed;
let storeOwner: StoreOwners;
let lost: string[];
let stop: () => Promise<unknown>;
let went: number;
let ownership: StoreOwnership;

function begin(owners: StoreOwners): void {
  storeOwner = owners;
  lost = [];
  went = 0;
  ownership = storeOwnership(
    {
      settings: { redis: { url: 'redis://redis' } },
      log: keepingLog().log,
      lose: (part) => void lost.push(part),
      stops: { add: (_, undo) => void (stop = undo), run: async () => undefined },
    },
    { storeOwner: owners },
    {
      ask: async () => ({ is: 'unreachable' }),
      learn: (appId) => {
        if (installed.workspace) installed = { ...installed, workspace: { ...installed.workspace, appId } };
      },
      installed: () => installed,
    },
  );
  ownership.whenOurs(() => (went += 1));
}

beforeEach(() => {
  installed = { token: 'ours', workspace: here };
  begin(memoryStoreOwner());
});

describe('whose the store is, to a process', () => {
  it('lets nothing go before it was read, and everything once it is ours', async () => {
    expect([ownership.isOurs(), went, ownership.standing().state]).toEqual([false, 0, 'down']);
    expect(await ownership.look()).toBeUndefined();
    ownership.whenOurs(() => (went += 1));
    expect([ownership.isOurs(), went, ownership.standing().state]).toEqual([true, 2, 'ok']);
  });

  it('is another bot’s, which is said with both names and what to do', async () => {
    await storeOwner.save(ownedBy(there));
    expect(await ownership.look()).toMatch(
      /^REDIS_URL: .* app A1 in There \(T1\)\. SLACK_BOT_TOKEN is of app A0 in Here \(T0\)\. .*delete the key/,
    );
    expect([ownership.isOurs(), went]).toEqual([false, 0]);
  });

  it('goes on while nobody owns it, and ends once somebody does who may be another', async () => {
    installed = { token: 'ours' };
    await ownership.look();
    expect([ownership.isOurs(), went, ownership.standing().state]).toEqual([true, 1, 'degraded']);
    await storeOwner.save(ownedBy(there));
    await ownership.keepUp();
    expect([ownership.isOurs(), lost.length]).toEqual([false, 1]);
    installed = { token: 'ours', workspace: here };
    await ownership.keepUp();
    await ownership.keepUp();
    expect(lost).toHaveLength(2);
  });

  it('is known from before while Slack is away', async () => {
    installed = { token: 'its token' };
    await storeOwner.save(ownedBy(here));
    await ownership.look();
    expect(ownership.isOurs()).toBe(true);
    expect(ownership.workspace()).toMatchObject(here);
  });

  it('is told by the first payload that names the app', async () => {
    installed = { token: 'new', workspace: withoutAppId() };
    await storeOwner.save(ownedBy(here));
    await ownership.look();
    expect([ownership.isOurs(), ownership.standing().detail]).toEqual([
      false,
      expect.stringMatching(/give it the scope users:read, or use the bot's slash command once/),
    ]);
    // What was begun before the app was named must not have the last word.
    await Promise.all([ownership.keepUp(), ownership.learnApp('A0'), ownership.keepUp()]);
    expect([ownership.isOurs(), went, lost]).toEqual([true, 1, []]);
  });

  it('is another bot’s once the first payload names another app', async () => {
    installed = { token: 'new', workspace: withoutAppId() };
    await storeOwner.save(ownedBy(here));
    await ownership.look();
    await ownership.learnApp('A1');
    expect([ownership.isOurs(), went, lost]).toEqual([false, 0, ['store']]);
  });

  it('is of nobody knows which bot where no app is on record: both are named, and the key', async () => {
    const { appId: _, ...unnamed } = here;
    installed = { token: 'new', workspace: withoutAppId() };
    await storeOwner.save(ownedBy(unnamed));
    await ownership.look();
    await ownership.learnApp('A1');
    expect([ownership.isOurs(), lost]).toEqual([false, []]);
    const { detail } = ownership.standing();
    expect(detail).toMatch(
      /belongs to an app that Slack has not named in Here \(T0\), bot user U0BOT, and SLACK_BOT_TOKEN is of app A1 in Here \(T0\), bot user U9BOT; .* delete the key \{bastion\}:workspace$/,
    );
    expect(detail).not.toContain('users:read');
  });

  it.each([new StoreUnreachable('away'), unreadable])(
    'is what it was known to be through: %s',
    async (failure) => {
      const kept = memoryStoreOwner();
      let isAway = true;
      begin({ ...kept, get: async () => (isAway ? Promise.reject(failure) : kept.get()) });
      await ownership.look();
      expect([ownership.isOurs(), went]).toEqual([false, 0]);
      isAway = false;
      await ownership.look();
      isAway = true;
      await ownership.keepUp();
      expect([ownership.isOurs(), went, lost]).toEqual([true, 1, []]);
    },
  );

  it('is not known where its record cannot be read', async () => {
    begin({ ...memoryStoreOwner(), get: async () => Promise.reject(unreadable) });
    await ownership.look();
    expect(ownership.standing().detail).toMatch(/cannot be read \(reference 01234567\)/);
  });

  it('starts nothing after a stop', async () => {
    await stop();
    await ownership.look();
    expect(went).toBe(0);
  });
});
