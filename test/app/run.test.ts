import { expect, it } from '@jest/globals';

it('the process begins when it is told to, not when it is loaded', async () => {
  const listeners = process.listenerCount('SIGTERM');
  const loaded = await import('../../src/app/run.ts');
  expect(Object.keys(loaded)).toEqual(['runProcess']);
  expect([process.exitCode, process.listenerCount('SIGTERM')]).toEqual([undefined, listeners]);
});
