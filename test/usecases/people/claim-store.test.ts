import { describe, expect, it } from '@jest/globals';
import type { Workspace } from '../../../src/domain/people/workspace.ts';
import { claimStore } from '../../../src/usecases/people/claim-store.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const ours: Workspace = { teamId: 'T0', teamName: 'Ours', botUserId: 'U0BOT', appId: 'A0' };
const theirs: Workspace = { teamId: 'T1', teamName: 'Theirs', botUserId: 'U1BOT', appId: 'A1' };

describe('the claim of a store', () => {
  it('is one of two who come at once, and the other is told whose it is', async () => {
    const ports = memoryPorts();
    const [first, second] = await Promise.all([
      claimStore(ports, { token: '0', workspace: ours }),
      claimStore(ports, { token: '1', workspace: theirs }),
    ]);
    expect(first).toMatchObject({ is: 'ours', owner: ours });
    expect(second).toMatchObject({ is: 'of-another', owner: ours, ours: theirs });
  });

  it('agrees with a replica of the same bot, whose token it keeps beside', async () => {
    const ports = memoryPorts();
    const claims = await Promise.all(
      ['0', '1'].map(async (token) => claimStore(ports, { token, workspace: ours })),
    );
    expect(claims.map(({ is }) => is)).toEqual(['ours', 'ours']);
    expect((await ports.storeOwner.get())?.tokens).toEqual(['1', '0']);
  });

  it('is made by nobody whom Slack has not named', async () => {
    const ports = memoryPorts();
    expect(await claimStore(ports, { token: '0' })).toEqual({ is: 'free' });
    expect(await ports.storeOwner.get()).toBeUndefined();
    await claimStore(ports, { token: '0', workspace: ours });
    expect(await claimStore(ports, { token: '1' })).toMatchObject({ is: 'unsure' });
    expect(await claimStore(ports, { token: '0' })).toMatchObject({ is: 'ours' });
  });
});
