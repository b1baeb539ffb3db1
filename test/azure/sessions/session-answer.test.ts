import { describe, expect, it } from '@jest/globals';
import { sessionIn } from '../../../src/azure/sessions/session-answer.ts';
import { noon } from '../../support/build.ts';

describe('a session in an answer of Azure', () => {
  it('has texts of a length that anybody can match, keep and show', () => {
    const long = '-'.repeat(100_000);
    const session = sessionIn(
      {
        sessionId: long,
        userName: long,
        targetHostName: long,
        targetResourceId: long,
        targetIpAddress: long,
        protocol: long,
        resourceType: long,
        clientIpAddress: long,
      },
      'host-1',
      noon,
    );
    expect(JSON.stringify(session).length).toBeLessThan(20_000);
    expect(session.vmLogin).toBe('-'.repeat(2000));
  });

  it.each([
    [2000, 'x'.repeat(2000)],
    [2001, ''],
  ])('has its whole id or none: one of %i characters', (length, sessionId) => {
    expect(sessionIn({ sessionId: 'x'.repeat(length) }, 'host-1', noon)).toMatchObject({ sessionId });
  });
});
