import type { Redis } from 'ioredis';
import { hostIdOf } from '../../src/domain/hosts/host.ts';
import { hostsKey, trackedSessionsKey } from '../../src/redis/record/keys.ts';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { eventually } from '../support/eventually.ts';
import type { Chance } from './chance.ts';
import type { Away } from './ledger.ts';
import type { Stage } from './stage.ts';

const notFound = { status: 404, code: 'ResourceNotFound' };
const comesWithinMs = 60_000;

/** Once Azure does not find the host when it is asked for itself, and the next time it does: that is not gone. */
export async function goesOnce({ azure }: Stage, host: SimulatedHost): Promise<void> {
  const since = Date.now();
  host.behaveNormally();
  host.behave({ error: notFound, on: 'sessions' });
  host.behave({ error: notFound, on: 'host', times: 1 });
  const answered = async (status: number) =>
    azure.requests.waitFor(
      ({ at, kind, path, status: was }) =>
        kind === 'host' && at >= since && was === status && path.endsWith(`/${host.name}`),
      comesWithinMs,
    );
  await Promise.all([answered(404), answered(200)]).finally(() => host.behaveNormally());
}

/** Azure loses a host until the bot has let go of it, and has it again with the same sessions. */
export async function goesAndReturns(
  { azure, replicas }: Stage,
  host: SimulatedHost,
  redis: Redis,
  chance: Chance,
): Promise<Away> {
  const hostId = hostIdOf(host.id);
  const isKnown = async () => (await redis.hexists(hostsKey, hostId)) === 1;
  const from = Date.now();
  azure.removeHost(host);
  await eventually('the bot lets go of the host', async () => !(await isKnown()), comesWithinMs);
  await chance.pause(0, 1500);
  azure.restoreHost(host);
  // Whoever starts looks for hosts.
  replicas.all[chance.between(0, 1)]?.strike(0);
  await eventually('the bot finds the host again', isKnown, comesWithinMs);
  const isRead = async () =>
    !(await redis.hvals(trackedSessionsKey(hostId))).some((watch) => watch.includes('"lostAt"'));
  await eventually('the bot reads the host again', isRead, comesWithinMs);
  return { hostId, from, until: Date.now() };
}
