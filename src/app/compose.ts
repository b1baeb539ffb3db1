import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { clouds } from '../azure/arm/clouds.ts';
import { lazyAzure } from '../azure/lazy-azure.ts';
import type { Settings } from '../config/settings.ts';
import type { GoodPolicy } from '../config/file.ts';
import { allGroups } from '../domain/people/access.ts';
import { decidingAge } from '../domain/people/freshness.ts';
import { jobQueue } from '../jobs/queue.ts';
import { startRounds } from '../jobs/rounds.ts';
import { setbacks } from '../jobs/setbacks.ts';
import { startAdminServer } from '../ops/admin.ts';
import { healthBoard } from '../ops/health.ts';
import { promMetrics } from '../ops/metrics.ts';
import { wayOut } from '../net/way-out.ts';
import { CannotStart } from '../ports/cannot-start.ts';
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/ports.ts';
import { redisPolicies } from '../redis/store/policies.ts';
import { redisPeople } from '../redis/store/people.ts';
import { redisRateLimiter } from '../redis/store/rate-limiter.ts';
import { redisStores } from '../redis/store/stores.ts';
import { cardMessage } from '../slack/cards.ts';
import { slackChannel } from '../slack/delivery/channel.ts';
import { channelStandings } from '../slack/delivery/channel-standing.ts';
import { slackHomeTab } from '../slack/delivery/home-tab.ts';
import { slackPeople } from '../slack/people.ts';
import { installedApp } from '../slack/wire/installed-app.ts';
import { webClient } from '../slack/wire/web-client.ts';
import { healthRounds } from './health-checks.ts';
import { hearSlack } from './hear.ts';
import { measured } from './metered-ports.ts';
import { startPeopleRounds } from './people-rounds.ts';
import { reachOthers } from './reach.ts';
import { sayProxy } from './say-proxy.ts';
import type { Start } from './start.ts';
import { storeOwnership } from './store-ownership.ts';
import { haltMs, stopList } from './stops.ts';
import { version } from './version.ts';
import { goRounds, takeJobs } from './work.ts';

export interface App {
  /** Rejects where the start fails, once what it had begun is undone: with `CannotStart`, or several in one. */
  readonly ready: Promise<void>;
  /** At any time, also while it starts. */
  stop(): Promise<void>;
  /** Names a part that this process cannot live without and that has ended by itself; pending while all live. */
  readonly lost: Promise<string>;
}

const dayMs = 24 * 3_600_000;

/** Starts every part. */
export function startApp(
  settings: Settings,
  { policy, digest }: Pick<GoodPolicy, 'policy' | 'digest'>,
  log: Log,
): App {
  const stops = stopList(log);
  let lose: Start['lose'] = () => undefined;
  const lost = new Promise<string>((resolve) => (lose = resolve));
  const account = setbacks(Date.now);
  const out = wayOut(settings.network?.proxy);
  const start = { settings, policy, policyDigest: digest, log, out, clock: Date.now, account, stops, lose };
  const ready = build(start).catch(async (error: unknown) => {
    await stops.run();
    throw error;
  });
  return { ready, stop: async () => stops.run(), lost };
}

/** One straight line, in the order in which the parts need each other. */
async function build(start: Start): Promise<void> {
  const { settings, policy, log, out, clock, account, stops, lose } = start;
  const { role } = settings;
  const { botToken: token, apiUrl } = settings.slack;
  sayProxy(settings, log);

  // A rate limit on posts must never keep a modal from opening within its three seconds.
  const interactive = webClient({ token, apiUrl, timeoutMs: 2500, retries: 0, out, log });
  const background = webClient({ token, apiUrl, timeoutMs: 8000, retries: 0, out, log });
  const slack = installedApp(background, token);
  const { cloud, ...azure } = settings.azure;
  const { bastion, connectionLog, redisToken } = lazyAzure({
    ...azure,
    cloud: clouds[cloud],
    out,
    version,
    clock,
    log,
  });
  const { redis, connect, signIn } = await reachOthers(start, slack, redisToken);

  const queue = jobQueue({ connection: redis, clock, log });
  stops.add('queue', async () => queue.close(haltMs));
  const stores = redisStores({ redis, log, historyKeepMs: policy.historyDays * dayMs });
  const ownership = storeOwnership(start, stores, slack);
  const refusal = await ownership.look();
  if (refusal !== undefined) throw new CannotStart(refusal);
  const { everyMs } = policy.polling;
  const metrics = promMetrics({
    queueDepths: async () => queue.depths(),
    roundFailures: () => account.totals(),
    pollLagMs: async () => (await stores.turns.standing(everyMs)).lagMs,
  });

  const people = redisPeople({
    redis,
    people: slackPeople({ client: interactive, workspace: ownership.workspace, log }),
    workspace: ownership.workspace,
    deciding: decidingAge(allGroups(policy.access).length),
  });
  const stopping = new AbortController();
  const standingOf = channelStandings({ client: background, clock, log });
  const bare: Ports = {
    ...stores,
    bastion,
    connectionLog,
    channel: slackChannel({ client: background, render: cardMessage, standingOf, clock, log }),
    homeTab: slackHomeTab({ client: background, clock }),
    people,
    rateLimiter: redisRateLimiter({ redis }),
    jobs: queue,
    log,
    policy,
    clock,
    pause: async (ms) => sleep(ms, undefined, { signal: stopping.signal }),
    newId: () => randomBytes(9).toString('base64url'),
  };
  const ports = measured(bare, metrics);

  const board = healthBoard({ clock });
  board.expect('redis', { required: true });
  board.expect('slack', { required: role !== 'worker' });
  board.expect('store', { required: true });
  board.expect('shutdown', { required: true });
  const admin = await startAdminServer({
    ...settings.admin,
    health: () => board.health(),
    metrics: async () => metrics.text(),
    log,
  });
  stops.add('admin server', async () => admin.stop());
  const health = startRounds(
    healthRounds({ board, redis, signIn, slack, ownership, standingOf, ports, account, lose }),
    log,
    account,
  );
  stops.add('health', async () => health.stop(haltMs));

  ownership.whenOurs(() => startPeopleRounds(start, { ports, board, policies: redisPolicies({ redis }) }));
  if (role !== 'bot') ownership.whenOurs(() => takeJobs(start, ports, connect));
  stops.add('waiting jobs', async () => stopping.abort());
  const port = await hearSlack(start, {
    ports,
    keptPeople: people,
    interactive,
    board,
    metrics,
    installation: ownership,
  });
  if (role !== 'bot') ownership.whenOurs(() => goRounds(start, ports));
  board.report('shutdown', 'ok', 'none');
  stops.add('readiness', async () => board.report('shutdown', 'down', 'under way'));
  log.info({ role, port, adminPort: admin.port, version }, 'ready');
}
