import { describe, expect, it } from '@jest/globals';
import { array, assert, constantFrom, integer, option, property, record, subarray } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import type { Connection } from '../../../src/domain/origins/connection.ts';
import { connectionIndex } from '../../../src/domain/origins/connection-index.ts';
import { findOrigin } from '../../../src/domain/origins/find-origin.ts';
import { fitOf } from '../../../src/domain/origins/fit.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { aConnection, hour, minute, noon } from '../../support/build.ts';
import { found, session } from './found.ts';

describe('thousands of sessions and connections', () => {
  const count = 300;
  /** How often it is looked whether a connection is through the protocol of a session. */
  function looksWhere(differ: (index: number) => Partial<Connection>) {
    let looks = 0;
    const connections = Array.from({ length: count }, (_, index) => {
      const one = aConnection({ tunnelIds: [`t${index}`], ...differ(index) });
      return Object.defineProperty({ ...one }, 'protocols', {
        get: () => {
          looks += 1;
          return one.protocols;
        },
      });
    });
    const index = connectionIndex(connections, new Set());
    for (const { beganAt } of connections) {
      findOrigin({ session: { ...session, startedAt: beganAt }, seenAt: noon }, index, noon);
    }
    return looks;
  }

  it.each<[string, (index: number) => Partial<Connection>]>([
    ['on one machine over a day', (index) => ({ beganAt: noon - index * 5 * minute })],
    ['of one client', () => ({})],
    ['of one client with many user agents', (index) => ({ userAgents: [`agent ${index}`] })],
    ['of many clients', (index) => ({ entraUsers: [`user-${index}@corp.example`] })],
    ['with many logins', (index) => ({ vmLogins: [`login-${index}`] })],
    ['that are over', () => ({ endedAt: noon - 30 * minute })],
  ])('are not compared each with each: %s', (_what, differ) => {
    expect(looksWhere(differ)).toBeLessThan(25 * count);
  });
});

describe('whatever the log says', () => {
  const few = subarray(['a', 'b', 'session-1', 'azureuser', 'root', 'ssh', 'rdp', '10.0.0.4', '10.0.0.5']);
  const connection: Arbitrary<Connection> = record({
    beganAt: integer({ min: noon - 2 * hour, max: noon + hour }),
    endedAt: option(integer({ min: noon - 2 * hour, max: noon + hour }), { nil: undefined }),
    tunnelIds: few,
    machineIds: few,
    machineAddresses: few,
    protocols: few,
    vmLogins: few,
    entraUsers: subarray(['fay@corp.example', 'dana@corp.example', 'FAY@corp.example']),
    clientAddresses: subarray(['203.0.113.7', '198.51.100.4']),
    userAgents: few,
  }).map(({ endedAt, ...rest }) => aConnection({ ...rest, ...(endedAt !== undefined && { endedAt }) }));

  it('names one candidate where it knows one, and only people of the log', () => {
    assert(
      property(array(connection, { maxLength: 6 }), (connections) => {
        const origin = found(connections);
        if (!origin) return;
        expect(origin.candidates.length > 1).toBe(origin.known === 'one-of');
        const users = connections.flatMap(({ entraUsers }) => entraUsers);
        for (const { entraUser } of origin.candidates) expect([undefined, ...users]).toContain(entraUser);
        const bears = connections.some(({ tunnelIds }) => tunnelIds.includes('session-1'));
        expect(origin.known !== 'exact' || bears).toBe(true);
      }),
    );
  });

  const target: Arbitrary<Session> = record({
    address: option(constantFrom('10.0.0.4', '10.0.0.5'), { nil: undefined }),
    resourceId: option(constantFrom('A', 'b'), { nil: undefined }),
    vmLogin: constantFrom('', 'azureuser', 'A', String.raw`CORP\root`),
  }).map(({ address, resourceId, vmLogin }) => ({
    ...session,
    vm: {
      name: 'vm-web-1',
      ...(address !== undefined && { address }),
      ...(resourceId !== undefined && { resourceId }),
    },
    vmLogin,
  }));

  it('overlooks no connection that may fit', () => {
    assert(
      property(array(connection, { maxLength: 6 }), target, (connections, one) => {
        const fitting = connections.filter((each) => fitOf(each, { session: one, seenAt: noon }) !== 'no');
        const looked = connectionIndex(connections, new Set()).maybeOf(one);
        expect(looked.map((rival) => rival.connection)).toEqual(expect.arrayContaining(fitting));
        expect(new Set(looked).size).toBe(looked.length);
      }),
    );
  });

  it('does not depend on the order of the log, nor on a row that comes twice', () => {
    assert(
      property(array(connection, { maxLength: 5 }), (connections) => {
        const once = found(connections);
        const twice = found([...connections.toReversed(), ...connections]);
        const selves = (origin: typeof once) =>
          origin?.candidates.map(({ clientAddress, entraUser }) => [entraUser?.toLowerCase(), clientAddress]);
        expect(twice?.known).toBe(once?.known);
        expect(selves(twice)).toEqual(selves(once));
      }),
    );
  });
});
