import { expect, it } from '@jest/globals';
import { redisTokens } from '../../src/azure/redis-token.ts';

const givenUntil = (expiresOnTimestamp: number) => {
  const getToken = async () => Promise.resolve({ token: 'secret', expiresOnTimestamp });
  return redisTokens(async () => Promise.resolve({ getToken, getTokenInsteadOf: getToken }));
};

it('is a token with the moment of its end', async () => {
  expect(await givenUntil(1_800_000_000_000)()).toEqual({
    ok: true,
    token: 'secret',
    expiresAt: 1_800_000_000_000,
  });
});

it.each([NaN, Infinity, 1e23])('is none where its end is no moment: %p', async (end) => {
  expect(await givenUntil(end)()).toEqual({ ok: false, why: 'no-expiry' });
});
