import { describe, expect, it } from '@jest/globals';
import type { LogProblem } from '../../src/domain/origins/log-standing.ts';
import type { Origin } from '../../src/domain/sessions/origin.ts';
import { connectionDetails, originDetails, originFacts } from '../../src/wording/origin-facts.ts';
import { factRooms } from '../../src/wording/session-facts.ts';
import type { Fact } from '../../src/wording/words.ts';
import { dana, exactly, fay, likely, oneOf } from '../support/origins.ts';

const said = (facts: readonly Fact[]) =>
  facts.map(
    ([label, value]) => `${label}: ${value.map((word) => ('text' in word ? word.text : '')).join('')}`,
  );

describe('who is behind a session, on a card', () => {
  it.each<[string, Origin, readonly string[]]>([
    [
      'exact',
      exactly(fay),
      ['Entra user: fay@corp.example, exactly known', 'Client address: 203.0.113.7, exactly known'],
    ],
    ['likely', likely(fay), ['Entra user: fay@corp.example, likely', 'Client address: 203.0.113.7, likely']],
    [
      'likely so far',
      likely(fay, true),
      ['Entra user: fay@corp.example, likely so far', 'Client address: 203.0.113.7, likely so far'],
    ],
    ['a user alone', likely({ entraUser: 'fay@corp.example' }), ['Entra user: fay@corp.example, likely']],
    [
      'an address alone',
      exactly({ clientAddress: '203.0.113.7' }),
      ['Client address: 203.0.113.7, exactly known'],
    ],
    ['neither', exactly({}), ['Entra user: somebody the log does not name']],
    [
      'one of two',
      oneOf(fay, dana),
      [
        'Entra user: one of fay@corp.example (from 203.0.113.7), dana@corp.example (from 198.51.100.4)',
        'Client address: one of 203.0.113.7, 198.51.100.4',
      ],
    ],
    [
      'one of two so far, from the same place',
      { ...oneOf(fay, { ...dana, clientAddress: '203.0.113.7' }), isSoFar: true },
      [
        'Entra user: so far one of fay@corp.example, dana@corp.example',
        'Client address: 203.0.113.7, the same in each of the 2 connections that fit so far',
      ],
    ],
    [
      'one of two, of one of which nothing is said',
      oneOf(fay, {}),
      [
        'Entra user: one of fay@corp.example (from 203.0.113.7), somebody the log does not name',
        'Client address: one of 203.0.113.7, one the log does not tell',
      ],
    ],
    [
      'a user in another case',
      oneOf(fay, { ...fay, entraUser: 'FAY@corp.example', clientAddress: '203.0.113.8' }),
      [
        'Entra user: fay@corp.example, the same in each of the 2 connections that fit',
        'Client address: one of 203.0.113.7, 203.0.113.8',
      ],
    ],
  ])('is said with how it is known: %s', (_, origin, facts) => {
    expect(said(originFacts({ origin }, factRooms[0]))).toEqual(facts);
  });

  it('is not said while it is unknown', () => {
    expect(originFacts({}, factRooms[0])).toEqual([]);
    expect(originFacts({ origin: oneOf() }, factRooms[0])).toEqual([]);
  });

  it('counts those for whom there is no room', () => {
    const many = Array.from({ length: 13 }, (_, index) => ({
      ...fay,
      entraUser: `user-${index}@corp.example`,
    }));
    expect(said(originFacts({ origin: oneOf(...many) }, factRooms[0]))[0]).toMatch(
      /^Entra user: one of user-0@corp\.example, .*, user-9@corp\.example and 3 more$/,
    );
  });

  it("takes the address of Azure's own list for exact, and says where the log differs", () => {
    const clientAddress = '203.0.113.7';
    const listed = "Client address: 203.0.113.7, exactly known from Azure's list";
    expect(said(originFacts({ clientAddress }, factRooms[0]))).toEqual([listed]);
    expect(said(originFacts({ clientAddress, origin: likely(fay) }, factRooms[0]))[1]).toBe(listed);
    expect(said(originFacts({ clientAddress, origin: likely(dana) }, factRooms[0]))[1]).toBe(
      `${listed}; by the audit log 198.51.100.4, likely`,
    );
  });
});

describe('who is behind a session, in its details', () => {
  const untold = 'unknown; the Bastion audit log has told nothing of this session so far';

  it('says what is unknown', () => {
    expect(said(originDetails({}))).toEqual([`Entra user and client address: ${untold}`]);
    expect(said(originDetails({ clientAddress: '203.0.113.7' }))[0]).toBe(`Entra user: ${untold}`);
    expect(said(originDetails({ origin: exactly({ entraUser: 'fay@corp.example' }) }))).toEqual([
      'Entra user: fay@corp.example, exactly known',
      'Client address: not told by the Bastion audit log',
    ]);
  });

  it.each<[LogProblem, string]>([
    [{ is: 'not-set' }, 'tells nothing: LOG_ANALYTICS_WORKSPACE_ID is not set'],
    [{ is: 'no-table' }, 'tells nothing: the logs have no table MicrosoftAzureBastionAuditLogs'],
    [{ is: 'no-columns', columns: ['UserEmail'] }, 'tells only a part: the table has no column UserEmail'],
  ])('says why it is unknown where the log cannot tell: %j', (problem, told) => {
    const trouble = { since: 0, problem };
    expect(said(originDetails({}, trouble))).toEqual([
      `Entra user and client address: unknown; the Bastion audit log ${told}`,
    ]);
    expect(originDetails({ origin: exactly(fay) }, trouble)).toEqual(originDetails({ origin: exactly(fay) }));
  });

  it('tells the browser and the tunnel of the one', () => {
    const sessionId = 'session-1';
    expect(connectionDetails({ origin: oneOf(fay, dana), sessionId })).toEqual([]);
    expect(said(connectionDetails({ origin: likely(fay), sessionId }))).toEqual([
      'User agent: Mozilla/5.0 Edg/141',
      'Tunnel id: tunnel-1',
    ]);
    expect(said(connectionDetails({ origin: exactly(fay), sessionId: 'tunnel-1' }))).toEqual([
      'User agent: Mozilla/5.0 Edg/141',
    ]);
  });

  it('tells all of each of several, as far as there is room', () => {
    expect(said(originDetails({ origin: oneOf(fay, dana) })).slice(2)).toEqual([
      'Possible connection 1: fay@corp.example, from 203.0.113.7, user agent Mozilla/5.0 Edg/141, tunnel tunnel-1',
      'Possible connection 2: dana@corp.example, from 198.51.100.4',
    ]);
    const many = Array.from({ length: 13 }, () => fay);
    expect(said(originDetails({ origin: oneOf(...many) })).at(-1)).toBe('Possible connections not shown: 3');
  });
});
