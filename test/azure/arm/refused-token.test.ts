import { beforeEach, describe, expect, it } from '@jest/globals';
import { wayOut } from '../../../src/net/way-out.ts';
import { clouds } from '../../../src/azure/arm/clouds.ts';
import type { Credential } from '../../../src/azure/arm/credential.ts';
import { azureCredential } from '../../../src/azure/arm/credential.ts';
import type { SimulatedHost } from '../../simulator/azure/host.ts';
import { azureUnderTest, known } from '../azure-under-test.ts';

const { azure, bastion, logged } = azureUnderTest({ budgets: 'unlimited' });
const subscriptionId = '11111111-1111-4111-8111-111111111111';
const subscriptionIds = [subscriptionId, '22222222-2222-4222-8222-222222222222'];
const minute = 60_000;
let host: SimulatedHost;

beforeEach(async () => {
  host = azure().addHost({ name: 'bastion-1', subscriptionId });
  host.startSession({ id: 's1', vm: 'vm-1' });
  host.behave({ answer: 'sync' });
});

function count(kind: string): number {
  return azure().requests.count((request) => request.kind === kind);
}

/** A bastion with a good token, whatever tokens the SDK has from before. */
async function signedIn(clock = Date.now) {
  await bastion().readSessions(known(host), 'background');
  const signed = bastion({ clock, subscriptionIds });
  expect(await signed.readSessions(known(host), 'background')).toMatchObject({ ok: true });
  azure().requests.clear();
  return signed;
}

const sameToken = {
  ok: false,
  failure: { kind: 'signed-out', because: 'same-token', reference: expect.any(String) },
};

describe('a token that is refused before it expires', () => {
  it('is replaced by one request for all hosts and every client', async () => {
    const others = Array.from({ length: 19 }, (_, index) =>
      azure().addHost({ name: `bastion-${index + 2}` }),
    );
    const signed = await signedIn();
    azure().revokeTokens();
    const readings = await Promise.all(
      [host, ...others].map(async (each) => signed.readSessions(known(each), 'background')),
    );
    expect(readings).toEqual(readings.map(() => expect.objectContaining({ ok: true })));
    expect((await signed.discoverHosts('background')).problems).toEqual([]);
    expect(count('token')).toBe(1);
    expect(azure().requests.count(({ status }) => status === 401)).toBeGreaterThan(1);
  });

  it('is replaced where the list of hosts meets it first', async () => {
    const signed = await signedIn();
    azure().revokeTokens();
    expect(await signed.discoverHosts('background')).toMatchObject({ hosts: [known(host)], problems: [] });
    expect(count('token')).toBe(1);
  });

  it('is replaced for the process: who signs in later has the new one', async () => {
    const signed = await signedIn();
    azure().revokeTokens();
    await signed.readSessions(known(host), 'background');
    const later = bastion({ credential: azureCredential(clouds.public, wayOut()) });
    expect(await later.readSessions(known(host), 'background')).toMatchObject({ ok: true });
    expect(count('token')).toBe(1);
  });

  it('is replaced for the identity that AZURE_CLIENT_ID names', async () => {
    process.env['AZURE_CLIENT_ID'] = 'c1';
    const named = bastion({ credential: azureCredential(clouds.public, wayOut()) });
    await named.readSessions(known(host), 'background');
    azure().revokeTokens();
    const answer = await named.readSessions(known(host), 'background');
    delete process.env['AZURE_CLIENT_ID'];
    expect(answer).toMatchObject({ ok: true });
    const asked = azure().requests.all(({ kind }) => kind === 'token');
    expect(asked.map(({ query }) => query.get('client_id'))).toEqual(['c1', 'c1']);
  });

  it('is replaced for a disconnect, which is sent again as it was', async () => {
    const signed = await signedIn();
    azure().revokeTokens();
    expect(await signed.disconnect(known(host), ['s1'])).toEqual({ ok: true, state: 'Disconnected' });
    const sent = azure().requests.all(({ kind }) => kind === 'disconnect');
    expect(sent.map(({ body, status }) => [status, body])).toEqual([
      [401, { sessionIds: ['s1'] }],
      [200, { sessionIds: ['s1'] }],
    ]);
    expect(host.disconnects).toEqual(['s1']);
  });

  it('is asked for once a minute while the endpoint hands out the same one, and says so', async () => {
    const start = Date.now();
    let now = start;
    const signed = await signedIn(() => now);
    azure().behaveIdentity({ cachesTokens: true });
    azure().revokeTokens();
    for (; now < start + 3 * minute; now += 10_000) {
      expect(await signed.readSessions(known(host), 'background')).toEqual(sameToken);
    }
    expect(count('token')).toBe(3);
    expect(count('sessions')).toBe(18);
    expect(logged().at(-1)).toMatchObject({ failure: 'signed-out', because: 'same-token', status: 401 });
    expect(JSON.stringify(logged())).not.toContain('simulated-');
  });

  it('is replaced when the endpoint has another one at last', async () => {
    let now = Date.now();
    const signed = await signedIn(() => now);
    azure().behaveIdentity({ cachesTokens: true });
    azure().revokeTokens();
    expect(await signed.readSessions(known(host), 'background')).toEqual(sameToken);
    azure().behaveIdentity({});
    now += minute;
    expect(await signed.readSessions(known(host), 'background')).toMatchObject({ ok: true });
  });

  it('is refused at once when it came of a renewal itself', async () => {
    const signed = await signedIn();
    const refused = {
      ok: false,
      failure: { kind: 'signed-out', because: 'refused', reference: expect.any(String) },
    };
    host.behave({ error: { status: 401, code: 'InvalidAuthenticationToken' } });
    expect(await signed.readSessions(known(host), 'background')).toEqual(refused);
    expect([count('sessions'), count('token')]).toEqual([2, 1]);
    expect(await signed.readSessions(known(host), 'background')).toEqual(refused);
    expect([count('sessions'), count('token')]).toEqual([3, 1]);
  });

  it('is not asked for again within the minute when the endpoint failed', async () => {
    const signed = await signedIn();
    azure().revokeTokens();
    azure().behaveIdentity({ refuses: true });
    for (let poll = 1; poll <= 3; poll += 1) {
      expect(await signed.readSessions(known(host), 'background')).toEqual({
        ok: false,
        failure: { kind: 'signed-out', because: 'no-token' },
      });
    }
    expect([count('sessions'), count('token')]).toEqual([3, 1]);
  });
});

describe('a challenge', () => {
  it('is answered with its claims, and no other token is asked for', async () => {
    const claims = { access_token: { nbf: { essential: true, value: '1603742800' } } };
    const asked: unknown[] = [];
    const sdk = azureCredential(clouds.public, wayOut());
    const credential: Credential = {
      getToken: async (scopes, options) => {
        if (!options?.claims) return sdk.getToken(scopes, options);
        asked.push(JSON.parse(options.claims));
        const held = await sdk.getToken(scopes);
        return sdk.getTokenInsteadOf(held?.token ?? '', String(scopes));
      },
      getTokenInsteadOf: async () => Promise.reject(new Error('not needed')),
    };
    await signedIn();
    const signed = bastion({ credential });
    await signed.readSessions(known(host), 'background');
    azure().revokeTokens({ claims });
    expect(await signed.readSessions(known(host), 'background')).toMatchObject({ ok: true });
    expect(asked).toEqual([claims]);
  });
});

describe('a token that expires', () => {
  it('is replaced before', async () => {
    const signed = await signedIn();
    azure().revokeTokens();
    azure().behaveIdentity({ tokenLifetimeMs: 4000 });
    expect(await signed.readSessions(known(host), 'background')).toMatchObject({ ok: true });
    azure().requests.clear();
    for (let poll = 1; poll <= 3; poll += 1) {
      expect(await signed.readSessions(known(host), 'background')).toMatchObject({ ok: true });
    }
    expect(count('token')).toBeGreaterThanOrEqual(3);
  });
});
