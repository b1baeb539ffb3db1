import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { bytesInFlight, holdBytes, releaseBytes } from '../../src/azure/arm/in-flight.ts';
import type { ReadingResult } from '../../src/domain/sessions/reading.ts';
import type { Style } from '../simulator/azure/behaviour.ts';
import type { Excess } from '../simulator/azure/excess.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { azureUnderTest, known } from './azure-under-test.ts';

const { azure, bastion, logged } = azureUnderTest({ budgets: 'unlimited', hostsPerPage: 2 });
const megabyte = 2 ** 20;
let host: SimulatedHost;
let neighbour: SimulatedHost;

beforeEach(() => {
  host = azure().addHost({ name: 'bastion-1' });
  host.startSession({ id: 's1', vm: 'vm-1' });
  neighbour = azure().addHost({ name: 'bastion-2' });
  neighbour.startSession({ id: 's2', vm: 'vm-2' });
});

afterEach(() => {
  if (bytesInFlight() !== 0) throw new Error('a reading that is over still holds bytes');
});

async function read(of = host): Promise<ReadingResult> {
  return bastion().readSessions(known(of), 'waiting');
}

function notUnderstood(what: string): object {
  return { ok: false, failure: { kind: 'not-understood', what, reference: expect.any(String) } };
}

describe('an answer beyond a limit is not understood:', () => {
  it.each<[Excess, string]>([
    ['gzip-bomb', 'more than 8 MB'],
    ['long', 'more than 8 MB'],
    ['deep', 'more than 64 levels of JSON'],
    ['crumbs', 'more than 100000 values'],
    ['crowded', 'more than 5000 sessions'],
  ])('%s', async (excess, what) => {
    for (const answer of ['sync', 'location'] as const) {
      host.behave({ answer, excess });
      const [reading, other] = await Promise.all([read(), read(neighbour)]);
      expect(reading).toMatchObject({ ok: false, failure: { kind: 'not-understood', what } });
      expect(other).toMatchObject({ ok: true, sessions: [{ sessionId: 's2' }] });
    }
  });

  it.each<[Partial<Style>]>([
    [{ status: 500 }],
    [{ status: 429, headers: { 'retry-after': '7' } }],
    [{ status: 404 }],
  ])('an error, %j, whose body is', async (style) => {
    host.behave({ ...style, answer: 'sync', excess: 'long' });
    expect(await read()).toEqual(notUnderstood('more than 8 MB'));
    expect(logged()).toEqual([expect.objectContaining({ status: style.status })]);
  });

  it('5,001 sessions on several pages', async () => {
    for (let index = 2; index <= 5001; index++) host.startSession({ id: `s${index}`, vm: 'vm' });
    host.behave({ pageSize: 2000 });
    expect(await read()).toMatchObject({ failure: { what: 'more than 5000 sessions' } });
  });

  it('pages without an end', async () => {
    host.behave({ answer: 'sync', endlessPages: true });
    expect(await read()).toMatchObject({ failure: { what: 'more than 20 pages of sessions' } });
    expect(azure().requests.count(({ kind }) => kind === 'sessions' || kind === 'page')).toBe(20);
  });

  it('an operation that names one address after the other for its result', async () => {
    host.behave({ answer: 'async-elsewhere' });
    expect(await read()).toMatchObject({
      failure: { what: 'an operation that succeeded without a result' },
    });
    expect(azure().requests.count(({ kind }) => kind === 'poll')).toBe(21);
  });

  it('more than 20 pages of hosts, by either way', async () => {
    for (let index = 3; index <= 41; index++) azure().addHost({ name: `bastion-${index}` });
    const failure = { kind: 'not-understood', what: 'more than 20 pages of hosts' };
    const [{ id = '' }] = [{ id: host.subscriptionId }];
    const bySdk = await bastion({ subscriptionIds: [id] }).discoverHosts('background');
    expect(bySdk).toMatchObject({ hosts: [], problems: [{ scope: id, failure }] });
    const byGraph = await bastion().discoverHosts('background');
    expect(byGraph).toMatchObject({ hosts: [], problems: [{ failure: { what: 'more than 20 pages' } }] });
    expect(azure().requests.count(({ kind }) => kind === 'hosts')).toBe(20);
    expect(azure().requests.count(({ kind }) => kind === 'graph')).toBe(21);
  });

  it('a list of hosts of three gigabytes', async () => {
    const body = { value: [], data: [], padding: 'x'.repeat(8 * megabyte) };
    azure().failDiscovery({ body });
    const found = await Promise.all([
      bastion({ subscriptionIds: [host.subscriptionId] }).discoverHosts('background'),
      bastion().discoverHosts('background'),
    ]);
    azure().failDiscovery(undefined);
    for (const { problems } of found)
      expect(problems).toMatchObject([{ failure: { what: 'more than 8 MB' } }]);
  });
});

describe('an answer within the limits', () => {
  it.each<[Excess, number]>([
    ['almost-crowded', 5000],
    ['almost-long', 500],
  ])('is read with all its sessions: %s', async (excess, sessions) => {
    host.behave({ excess });
    const reading = await read();
    expect(reading.ok && reading.sessions.length).toBe(sessions);
  });

  it('is asked for packed', async () => {
    await read();
    const encodings = azure()
      .requests.all(({ kind }) => kind !== 'token')
      .map(({ headers }) => headers['accept-encoding']);
    expect(new Set(encodings)).toEqual(new Set(['gzip, deflate']));
  });
});

describe('all answers in flight', () => {
  const flood = new AbortController().signal;

  afterEach(() => releaseBytes(flood));

  it('have one limit, which leaves answers of usual size readable', async () => {
    host.behave({ excess: 'almost-long' });
    holdBytes(flood, 45 * megabyte);
    expect(await read()).toEqual(notUnderstood('more than 64 MB of answers at once'));
    expect(await read(neighbour)).toMatchObject({ ok: true });
    releaseBytes(flood);
    expect(await read()).toMatchObject({ ok: true });
  });

  it('count with every page of a reading until it is over', async () => {
    host.behave({ answer: 'sync', endlessPages: true, extraFields: { padding: 'x'.repeat(7 * megabyte) } });
    expect(await read()).toEqual(notUnderstood('more than 64 MB of answers at once'));
    expect(azure().requests.count(({ kind }) => kind === 'page')).toBe(6);
    expect(bytesInFlight()).toBe(0);
  });

  it.each<[string, Parameters<SimulatedHost['behave']>[0]]>([
    ['is refused', { error: { status: 403, code: 'AuthorizationFailed' }, on: 'page' }],
    ['is torn', { reset: true, on: 'page' }],
    ['is not answered in time', { hang: true, on: 'page' }],
  ])('are released by a reading that %s', async (_name, fault) => {
    host.behave({ answer: 'sync', endlessPages: true, ...fault });
    const reading = await bastion({ deadlinesMs: { waiting: 1000 } }).readSessions(known(host), 'waiting');
    expect(reading.ok).toBe(false);
    expect(bytesInFlight()).toBe(0);
  });
});

describe('a connection that is torn in the middle of an answer', () => {
  it('makes its host unreachable at once, packed though the answer is', async () => {
    host.behave({ answer: 'sync', excess: 'torn' });
    expect(await read()).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
  });
});
