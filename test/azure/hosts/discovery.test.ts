import { describe, expect, it } from '@jest/globals';
import { azureUnderTest, known } from '../azure-under-test.ts';

const { azure, bastion, logged } = azureUnderTest({ hostsPerPage: 2 });
const one = '11111111-1111-4111-8111-111111111111';
const two = '22222222-2222-4222-8222-222222222222';
const both = { subscriptionIds: [one, two] };

function addHosts() {
  const hosts = ['a', 'b', 'c'].map((name) =>
    azure().addHost({ name: `Bastion-${name}`, subscriptionId: one }),
  );
  const updating = {
    name: 'Bastion-d',
    subscriptionId: two,
    provisioningState: 'Updating',
    location: 'eastus',
  };
  return [...hosts, azure().addHost(updating)].map(known);
}

describe('hosts', () => {
  it('are found in every named subscription, page by page', async () => {
    const hosts = addHosts();
    expect(await bastion(both).discoverHosts('background')).toEqual({
      hosts,
      problems: [],
      covered: [one, two],
      only: [one, two],
    });
    expect(azure().requests.count(({ kind }) => kind === 'hosts')).toBe(3);
  });

  it('are found in all that is readable by one query when no subscription is named', async () => {
    const hosts = addHosts();
    expect(await bastion().discoverHosts('background')).toEqual({ hosts, problems: [], covered: [one, two] });
    const queries = azure().requests.all(({ kind }) => kind !== 'token');
    // Two pages of hosts, and what was covered.
    expect(queries.map(({ kind, query }) => [kind, query.get('api-version')])).toEqual([
      ['graph', '2022-10-01'],
      ['graph', '2022-10-01'],
      ['graph', '2022-10-01'],
    ]);
  });

  it('that are none are an empty list, by either way', async () => {
    expect(await bastion(both).discoverHosts('background')).toMatchObject({ hosts: [], problems: [] });
    expect(await bastion().discoverHosts('background')).toMatchObject({ hosts: [], problems: [] });
  });

  it('in a subscription that the identity may not read are not said to be missing', async () => {
    addHosts();
    azure().deny('Microsoft.Resources/subscriptions/read', two);
    const found = await bastion().discoverHosts('background');
    azure().deny('Microsoft.Resources/subscriptions/read');
    const silent = await bastion().discoverHosts('background');
    azure().allow('Microsoft.Resources/subscriptions/read');
    expect(found.covered).toEqual([one]);
    expect(silent).toMatchObject({ covered: [], problems: [] });
  });

  it('bear their SKU, by either way', async () => {
    azure().addHost({ name: 'shared', subscriptionId: one, sku: 'Developer' });
    for (const adapter of [bastion(both), bastion()]) {
      expect((await adapter.discoverHosts('background')).hosts).toMatchObject([{ sku: 'Developer' }]);
    }
  });

  it('of a subscription that refuses are a problem, and the others are still found', async () => {
    const hosts = addHosts();
    azure().deny('Microsoft.Network/bastionHosts/read', two);
    const found = await bastion(both).discoverHosts('background');
    azure().allow('Microsoft.Network/bastionHosts/read');
    const action = 'Microsoft.Network/bastionHosts/read';
    expect(found).toEqual({
      hosts: hosts.slice(0, 3),
      covered: [one],
      only: [one, two],
      problems: [{ scope: two, failure: { kind: 'forbidden', action, reference: expect.any(String) } }],
    });
    expect(logged()).toEqual([
      expect.objectContaining({ scope: two, status: 403, code: 'AuthorizationFailed' }),
    ]);
  });

  it.each<[string, object, object]>([
    [
      'an error',
      { error: { status: 500, code: 'InternalServerError' } },
      { kind: 'failed', code: 'InternalServerError' },
    ],
    [
      'a refusal for good',
      { error: { status: 400, code: 'BadRequest' } },
      { kind: 'failed', code: 'BadRequest' },
    ],
    ['throttling', { error: { status: 429, code: 'RateLimiting', retryAfter: 5 } }, { kind: 'throttled' }],
    [
      'a missing resource',
      { error: { status: 404, code: 'ResourceNotFound' } },
      { kind: 'failed', code: 'ResourceNotFound' },
    ],
    ['a torn connection', { reset: true }, { kind: 'unreachable' }],
    ['silence', { hang: true }, { kind: 'timed-out' }],
    ['an empty body', { body: '' }, { kind: 'not-understood' }],
    ['a page of HTML', { body: '<html>' }, { kind: 'not-understood' }],
    ['null', { body: 'null' }, { kind: 'not-understood' }],
    ['an empty object', { body: {} }, { kind: 'not-understood' }],
    ['a bare list', { body: [] }, { kind: 'not-understood' }],
    ['a null list', { body: { value: null, data: null } }, { kind: 'not-understood' }],
    ['a list of nulls', { body: { value: [null], data: [null] } }, { kind: 'not-understood' }],
    ['a host without an id', { body: { value: [{}], data: [{}] } }, { kind: 'not-understood' }],
  ])('answered with %s are a problem, never an empty list', async (_name, fault, failure) => {
    addHosts();
    azure().failDiscovery(fault);
    const deadlinesMs = { discovery: 400 };
    const bySdk = await bastion({ ...both, deadlinesMs }).discoverHosts('background');
    const byGraph = await bastion({ deadlinesMs }).discoverHosts('background');
    azure().failDiscovery(undefined);
    expect(bySdk).toMatchObject({
      hosts: [],
      covered: [],
      problems: [
        { scope: one, failure },
        { scope: two, failure },
      ],
    });
    expect(byGraph).toMatchObject({
      hosts: [],
      covered: [],
      problems: [{ scope: 'all subscriptions', failure }],
    });
  });
});
