import type { AccessToken } from '@azure/identity';
import { describe, expect, it } from '@jest/globals';
import type { RenewingCredential } from '../../../src/azure/arm/renewing-credential.ts';
import { renewingCredential } from '../../../src/azure/arm/renewing-credential.ts';
import { minute, noon } from '../../support/build.ts';

const scope = 'https://management.azure.com/.default';
const lifetimeMs = 60 * minute;

type Grant = () => Promise<AccessToken | null>;

/** Tokens `t1`, `t2` and so on, each good for an hour. */
function stage(grants: readonly Grant[] = []) {
  const world = { now: noon, asked: 0, past: 0 };
  const grant = async () => {
    world.asked += 1;
    const granted = grants[world.asked - 1];
    return granted ? granted() : aToken(`t${world.asked}`, world.now + lifetimeMs);
  };
  const credential = renewingCredential({
    credential: {
      getToken: grant,
      getTokenInsteadOf: async () => {
        world.past += 1;
        return grant();
      },
    },
    scope,
    clock: () => world.now,
    deadlineMs: 50,
  });
  return { world, credential };
}

function aToken(token: string, expiresOnTimestamp: number): AccessToken {
  return { token, expiresOnTimestamp };
}

async function tokenOf(credential: RenewingCredential): Promise<string | undefined> {
  return (await credential.getToken(scope))?.token;
}

const never: Grant = async () => new Promise(() => undefined);
const failing: Grant = async () => Promise.reject(new Error('AADSTS700016: no'));
const noToken = { failure: { kind: 'signed-out', because: 'no-token' }, trace: { code: 'AADSTS700016' } };

describe('the token of the process', () => {
  it('is asked for once, by however many at a time', async () => {
    const { credential, world } = stage();
    expect(await Promise.all([1, 2, 3].map(async () => tokenOf(credential)))).toEqual(['t1', 't1', 't1']);
    world.now += lifetimeMs - 3 * minute;
    expect(await tokenOf(credential)).toBe('t1');
    expect(world.asked).toBe(1);
  });

  it('is kept by nobody else', async () => {
    expect(await stage().credential.getToken(scope)).toEqual({ token: 't1', expiresOnTimestamp: 0 });
  });

  it('is refreshed two minutes before it expires, and given out meanwhile', async () => {
    const { credential, world } = stage();
    await tokenOf(credential);
    world.now += lifetimeMs - 2 * minute;
    expect(await tokenOf(credential)).toBe('t1');
    await Promise.resolve();
    expect(world.asked).toBe(2);
    expect(await settled(credential)).toBe('t2');
  });

  it('is refreshed when the SDK says so', async () => {
    const early = { ...aToken('t1', noon + lifetimeMs), refreshAfterTimestamp: noon + minute };
    const { credential, world } = stage([async () => early]);
    await tokenOf(credential);
    world.now += minute;
    expect(await tokenOf(credential)).toBe('t1');
    expect(await settled(credential)).toBe('t2');
  });

  it('outlives a refresh that fails', async () => {
    const grants: readonly Grant[] = [async () => aToken('t1', noon + lifetimeMs), failing];
    const { credential, world } = stage(grants);
    await tokenOf(credential);
    world.now += lifetimeMs - minute;
    expect(await tokenOf(credential)).toBe('t1');
    expect(await settled(credential)).toBe('t1');
    expect(await settled(credential)).toBe('t3');
  });

  it('is not given out in its last seconds', async () => {
    const { credential, world } = stage();
    await tokenOf(credential);
    world.now += lifetimeMs - 4000;
    expect(await tokenOf(credential)).toBe('t2');
  });

  it('is not waited for when nobody answers, and asked for again', async () => {
    const { credential } = stage([never]);
    await expect(tokenOf(credential)).rejects.toMatchObject({
      failure: { kind: 'signed-out', because: 'no-token' },
    });
    expect(await tokenOf(credential)).toBe('t2');
  });

  it.each<[string, Grant, string]>([
    ['none', async () => null, 'NoToken'],
    ['an error of Entra', failing, 'AADSTS700016'],
    ['another error', async () => Promise.reject(new TypeError('no')), 'TypeError'],
  ])('that is %s is signed out, by its code', async (_name, grant, code) => {
    await expect(tokenOf(stage([grant]).credential)).rejects.toMatchObject({
      failure: { kind: 'signed-out', because: 'no-token' },
      trace: { code },
    });
  });
});

describe('a refused token', () => {
  it('is replaced past the caches, once for all who bore it', async () => {
    const { credential, world } = stage();
    await tokenOf(credential);
    expect(await Promise.all([1, 2, 3].map(async () => credential.renew('t1')))).toEqual([
      'another',
      'another',
      'another',
    ]);
    expect(await credential.renew('t1')).toBe('another');
    expect(await tokenOf(credential)).toBe('t2');
    expect(world).toMatchObject({ asked: 2, past: 1 });
  });

  it('is replaced once a minute, whichever way the clock steps', async () => {
    const { credential, world } = stage();
    await tokenOf(credential);
    await credential.renew('t1');
    world.now += minute - 1;
    expect(await credential.renew('t2')).toBe('too-soon');
    world.now -= 2 * minute;
    expect(await credential.renew('t2')).toBe('another');
    expect(await credential.renew('t3')).toBe('too-soon');
    world.now += minute;
    expect(await credential.renew('t3')).toBe('another');
    expect(world.past).toBe(3);
  });

  it('that comes again is the same for a minute', async () => {
    const again: Grant = async () => aToken('t1', noon + lifetimeMs);
    const { credential, world } = stage([again, again]);
    await tokenOf(credential);
    expect(await credential.renew('t1')).toBe('same');
    expect(await credential.renew('t1')).toBe('same');
    expect(world.past).toBe(1);
    world.now += minute;
    expect(await credential.renew('t1')).toBe('another');
  });

  it('stays in use when none could be had, and the failure stands for a minute', async () => {
    const { credential, world } = stage([async () => aToken('t1', noon + lifetimeMs), failing]);
    await tokenOf(credential);
    await expect(credential.renew('t1')).rejects.toMatchObject(noToken);
    await expect(credential.renew('t1')).rejects.toMatchObject(noToken);
    expect(await tokenOf(credential)).toBe('t1');
    expect(world.past).toBe(1);
  });

  it('does not come back with a refresh that began before', async () => {
    let refresh = (_token: AccessToken): void => undefined;
    const late: Grant = async () => new Promise((resolve) => (refresh = resolve));
    const { credential, world } = stage([async () => aToken('t1', noon + lifetimeMs), late]);
    await tokenOf(credential);
    world.now += lifetimeMs - minute;
    await tokenOf(credential);
    expect(await credential.renew('t1')).toBe('another');
    refresh(aToken('t1', noon + lifetimeMs));
    expect(await settled(credential)).toBe('t3');
  });
});

/** The token after everything that was asked for has come. */
async function settled(credential: RenewingCredential): Promise<string | undefined> {
  await new Promise(setImmediate);
  return tokenOf(credential);
}
