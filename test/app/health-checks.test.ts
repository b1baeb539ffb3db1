import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { healthRounds } from '../../src/app/health-checks.ts';
import { leftAlone, troublesOf } from '../../src/app/health-details.ts';
import { storeOwnership } from '../../src/app/store-ownership.ts';
import type { ProxyTrouble } from '../../src/domain/hosts/proxy-trouble.ts';
import { setbacks } from '../../src/jobs/setbacks.ts';
import { healthBoard } from '../../src/ops/health.ts';
import type { TokenCheck } from '../../src/slack/wire/token-check.ts';
import { noon } from '../support/build.ts';
import { memoryPorts } from '../support/memory-ports.ts';
import type { ConnectedRedis } from '../support/redis.ts';
import { startConnectedRedis } from '../support/redis.ts';

describe('what /readyz says of records that cannot be read', () => {
  const record = (index: number) => ({
    key: `{bastion}:alert:${index}`,
    reference: `r${index}`,
    why: 'not of schema 1',
    since: noon,
  });

  it('names one with its reference', () => {
    expect(leftAlone([record(1)])).toBe(
      '1 record cannot be read and is left alone (written by a newer version?): {bastion}:alert:1 (reference r1)',
    );
  });

  it('names some of many', () => {
    expect(leftAlone(Array.from({ length: 30 }, (_, index) => record(index)))).toMatch(
      /^30 records cannot be read and are left alone \(.*\): .*\{bastion\}:alert:4 \(reference r4\), 25 more$/,
    );
  });
});

describe('what /readyz says of what goes wrong in this process', () => {
  const failing = (what: string, times: number) => ({ what, times, since: noon, is: 'failing' as const });

  it('names a round at its first failure, and what is due once it fails again and again', () => {
    expect(troublesOf([])).toBeUndefined();
    expect(troublesOf([failing('card-alert-1', 2)])).toBeUndefined();
    expect(troublesOf([failing('round sweep', 1), failing('card-alert-1', 3)])).toBe(
      'round sweep failed 1 times in a row since 2026-11-23T12:00:00.000Z; card-alert-1 failed 3 times in a row since 2026-11-23T12:00:00.000Z',
    );
  });

  it('names what does not come to its end, and some of many', () => {
    const hanging = { what: 'round discovery', times: 0, since: noon, is: 'hanging' } as const;
    const many = Array.from({ length: 9 }, (_, index) => failing(`card-${index}`, 3));
    expect(troublesOf([hanging, ...many])).toMatch(
      /^round discovery has not come to its end since .*card-3 failed .*; 5 more$/,
    );
  });
});

describe('what /readyz says of a proxy that lets nobody through', () => {
  const ports = memoryPorts();
  let server: ConnectedRedis;
  beforeEach(async () => {
    server = await startConnectedRedis(ports.log);
  });
  afterEach(async () => server.stop());

  async function partAfter(round: string, part: string, checks: readonly TokenCheck[] = []) {
    const { log, clock } = ports;
    const board = healthBoard({ clock });
    const left = [...checks];
    const slack = {
      ask: () => Promise.resolve(left.shift() ?? ({ is: 'unreachable' } as const)),
      learn: () => undefined,
      installed: () => ({ token: 'fingerprint' }),
    };
    const lose = () => undefined;
    const stops = { add: () => undefined, run: async () => Promise.resolve() };
    const settings = { redis: { url: 'redis://db' } };
    const rounds = healthRounds({
      board,
      redis: server.redis,
      signIn: undefined,
      slack,
      ownership: storeOwnership({ settings, log, stops, lose }, ports, slack),
      standingOf: () => Promise.resolve({ is: 'ours' }),
      account: setbacks(clock),
      lose,
      ports,
    });
    for (let times = 0; times < Math.max(checks.length, 1); times += 1) {
      for (const { name, run } of rounds) if (name === round) await run(new AbortController().signal);
    }
    const { state, detail } = board.health().parts.find(({ name }) => name === part) ?? {};
    return [state, detail];
  }

  const why = 'the proxy proxy.corp:3128 did not answer in time';

  it('names it where the token has not been asked about, and stays ready where it was accepted before', async () => {
    const accepted = { is: 'accepted', team: 'Contoso', scopes: [] } as const;
    const unreachable = { is: 'unreachable', why } as const;
    const after = async (...checks: TokenCheck[]) => partAfter('health of slack', 'slack', checks);
    expect(await after(unreachable)).toEqual(['down', why]);
    expect(await after({ is: 'unreachable' })).toEqual(['down', 'unreachable']);
    expect(await after(accepted, unreachable)).toEqual(['degraded', why]);
    expect(await after(unreachable, accepted)).toEqual(['ok', 'Contoso']);
  });

  it.each([
    [{ is: 'refused', status: 407 }, 'refused the way to Azure (407)'],
    [{ is: 'silent' }, 'which leads to Azure, did not answer in time'],
    [{ is: 'unreachable' }, 'which leads to Azure, could not be reached'],
  ] as const)('names it where Azure was not reached (%j)', async (kind, words) => {
    const proxy: ProxyTrouble = { ...kind, name: 'proxy.corp:3128' };
    const problems = [{ scope: 'subscriptions', failure: { kind: 'unreachable', proxy } }] as const;
    await ports.hosts.noteDiscovery({ hosts: [], problems }, noon);
    const [state, detail] = await partAfter('health of azure and the channels', 'azure');
    expect(state).toBe('degraded');
    expect(detail).toContain('subscriptions: the proxy proxy.corp:3128');
    expect(detail).toContain(words);
  });
});
