import { describe, expect, it } from '@jest/globals';
import type { Connection } from '../../../src/domain/origins/connection.ts';
import type { Sighted } from '../../../src/domain/origins/fit.ts';
import { aConnection, hour, minute, noon } from '../../support/build.ts';
import { found, session } from './found.ts';

const fay = { entraUser: 'fay@corp.example', clientAddress: '203.0.113.7' };
const dana = { entraUser: 'dana@corp.example', clientAddress: '198.51.100.4' };
const byDana = {
  tunnelIds: ['tunnel-2'],
  entraUsers: ['dana@corp.example'],
  clientAddresses: ['198.51.100.4'],
};

describe('who is behind a session', () => {
  it('is exactly known by a connection that bears its id', () => {
    const own = aConnection({ tunnelIds: ['SESSION-1'], userAgents: ['Edge'] });
    expect(found([aConnection(byDana), own])).toEqual({
      known: 'exact',
      candidates: [{ ...fay, userAgent: 'Edge', tunnelId: 'SESSION-1' }],
      isSoFar: false,
    });
  });

  it('is likely the only one that fits', () => {
    const candidates = [{ ...fay, tunnelId: 'tunnel-1' }];
    expect(found([aConnection()])).toEqual({ known: 'likely', candidates, isSoFar: false });
  });

  it('is one of those that fit, in the same order whatever the log’s', () => {
    const both = [aConnection(), aConnection(byDana)];
    const one = { ...dana, tunnelId: 'tunnel-2' };
    const other = { ...fay, tunnelId: 'tunnel-1' };
    expect(found(both)).toEqual({ known: 'one-of', candidates: [one, other], isSoFar: false });
    expect(found(both.toReversed())).toEqual(found(both));
  });

  it('is nobody known where none fits', () => {
    expect(found([])).toBeUndefined();
  });

  it('is marked while rows may come', () => {
    const young = { ...session, startedAt: noon - 14 * minute };
    const connection = aConnection({ beganAt: young.startedAt });
    expect(found([connection], { session: young })).toMatchObject({ known: 'likely', isSoFar: true });
    const own = aConnection({ ...connection, tunnelIds: ['session-1'] });
    expect(found([own], { session: young })).toMatchObject({ known: 'exact', isSoFar: false });
  });

  it('is one client, however many tunnels it has', () => {
    const tunnels = ['a', 'b', 'c'].map((id) => aConnection({ tunnelIds: [id], userAgents: [id] }));
    expect(found(tunnels)).toEqual({ known: 'likely', candidates: [fay], isSoFar: false });
  });

  it('is not who has another session of the host', () => {
    const connections = [aConnection(), aConnection({ ...byDana, tunnelIds: ['session-2'] })];
    expect(found(connections, {}, ['session-2'])).toMatchObject({ known: 'likely', candidates: [fay] });
  });
});

describe('a connection does not fit', () => {
  it.each<[string, Partial<Connection>]>([
    ['on another host', { hostId: '/other' }],
    ['to another machine', { machineAddresses: ['10.0.0.5'] }],
    ['by another protocol', { protocols: ['rdp'] }],
    ['with another login', { vmLogins: ['root'] }],
    ['that began 121 s before', { beganAt: session.startedAt - 121_000 }],
    ['that began 121 s after', { beganAt: session.startedAt + 121_000 }],
    ['in the future', { beganAt: noon + hour }],
    ['that was over before the session was last seen', { endedAt: noon - 3 * minute }],
  ])('%s', (_what, change) => {
    expect(found([aConnection(change)])).toBeUndefined();
  });

  it('by the id of the machine, whatever its address', () => {
    const vm = { name: 'vm-web-1', resourceId: '/subscriptions/S/vm-web-1', address: '10.0.0.4' };
    const named = { session: { ...session, vm } };
    expect(found([aConnection({ machineIds: ['/subscriptions/s/vm-web-2'] })], named)).toBeUndefined();
    const same = aConnection({ machineIds: ['/subscriptions/s/vm-web-1'], machineAddresses: ['10.9.9.9'] });
    expect(found([same], named)).toMatchObject({ known: 'likely' });
  });
});

describe('a connection fits all the same', () => {
  it.each<[string, Partial<Connection>, Partial<Sighted>]>([
    ['120 s before', { beganAt: session.startedAt - 120_000 }, {}],
    ['120 s after', { beganAt: session.startedAt + 120_000 }, {}],
    ['where neither names a login', { vmLogins: [] }, {}],
    ['where the session has no login', {}, { session: { ...session, vmLogin: '' } }],
    ['where the session has a login of blanks', {}, { session: { ...session, vmLogin: ' \u00A0' } }],
    ['with the login’s domain', { vmLogins: [String.raw`CORP\AzureUser`] }, {}],
    ['with the login’s address', { vmLogins: ['azureuser@corp.example'] }, {}],
    ['that ended after the session was last seen', { endedAt: noon }, {}],
    ['that ended when the session was gone', { endedAt: noon }, { goneAt: noon + minute }],
    [
      'within minutes of a reckoned start',
      { beganAt: noon - hour + 4 * minute },
      { session: { ...session, startedAtFrom: 'duration' } },
    ],
    [
      'hours before a start that nobody tells',
      { beganAt: noon - 9 * hour },
      { session: { ...session, startedAtFrom: 'reading' } },
    ],
  ])('%s', (_what, change, sighted) => {
    expect(found([aConnection(change)], sighted)).toMatchObject({ known: 'likely', candidates: [fay] });
  });

  it('but not one that lasted longer than the session', () => {
    expect(found([aConnection({ endedAt: noon + 10 * minute })], { goneAt: noon + minute })).toBeUndefined();
  });
});

describe('what the log leaves open', () => {
  it('names nobody, but keeps another from being the only one', () => {
    const vague = aConnection({ ...byDana, machineAddresses: [] });
    expect(found([vague])).toBeUndefined();
    expect(found([vague, aConnection()])).toMatchObject({ known: 'one-of' });
  });

  it.each([
    ['the address', { address: '10.0.0.4' }],
    ['the id', { resourceId: '/vm-web-1' }],
  ])('may be the machine, of which the session tells only %s', (_what, known) => {
    const byId = aConnection({ ...byDana, machineIds: ['/vm-web-1'], machineAddresses: [] });
    const one = { session: { ...session, vm: { name: 'vm-web-1', ...known } } };
    expect(found([byId, aConnection()], one)).toMatchObject({ known: 'one-of' });
  });

  it('may be anybody among those who fit', () => {
    const blank = aConnection({ tunnelIds: ['t'], entraUsers: [], clientAddresses: [] });
    expect(found([blank])).toBeUndefined();
    expect(found([blank, aConnection()])).toMatchObject({
      known: 'one-of',
      candidates: [fay, { tunnelId: 't' }],
    });
  });

  it('is not hidden by rows that contradict each other', () => {
    const twoNames = { entraUsers: ['dana@corp.example', 'fay@corp.example'] };
    expect(found([aConnection({ ...twoNames, tunnelIds: ['session-1'] })])).toMatchObject({
      known: 'one-of',
    });
    expect(found([aConnection(twoNames)])).toMatchObject({ known: 'one-of' });
    expect(found([aConnection({ endedAt: noon - 2 * hour })])).toBeUndefined();
  });

  it.each<Partial<Connection>>([
    { vmLogins: ['root'] },
    { protocols: ['rdp'] },
    { machineAddresses: ['10.0.0.9'] },
    { hostId: '/other' },
    { beganAt: noon - 9 * hour },
  ])('makes no exact knowledge of the id alone: %j', (change) => {
    expect(found([aConnection({ ...change, tunnelIds: ['session-1'] })])).toBeUndefined();
  });

  it.each<[string, Partial<Connection>]>([
    ['began three minutes off', { beganAt: session.startedAt + 180_000 }],
    ['was over when the session was last seen', { endedAt: noon - 40 * minute }],
  ])('makes exact knowledge of what bears the id and %s', (_what, change) => {
    expect(found([aConnection({ ...change, tunnelIds: ['session-1'] })])).toMatchObject({ known: 'exact' });
  });

  it.each<[string, Partial<Connection>]>([
    ['began earlier', { beganAt: session.startedAt - 180_001 }],
    ['was over before', { beganAt: session.startedAt - 120_000, endedAt: session.startedAt - 240_001 }],
  ])('makes none of another that had the id and %s', (_what, change) => {
    expect(found([aConnection({ ...change, tunnelIds: ['session-1'] })])).toBeUndefined();
  });

  it('is nobody where too many fit', () => {
    const crowd = Array.from({ length: 21 }, (_, index) =>
      aConnection({ tunnelIds: [`t${index}`], clientAddresses: [`203.0.113.${index}`] }),
    );
    expect(found(crowd)).toBeUndefined();
    expect(found(crowd.slice(1))?.candidates).toHaveLength(20);
  });
});
