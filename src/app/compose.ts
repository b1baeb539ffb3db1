import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { clouds } from '../azure/arm/clouds.ts';
import { lazyAzure } from '../azure/lazy-azure.ts';
import type { Settings } from '../config/env.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { jobQueue } from '../jobs/queue.ts';
import { startRounds } from '../jobs/rounds.ts';
import { startWorker } from '../jobs/worker.ts';
import { startAdminServer } from '../ops/admin.ts';
import { healthBoard } from '../ops/health.ts';
import { promMetrics } from '../ops/metrics.ts';
import { CannotStart } from '../ports/cannot-start.ts';
import type { Log } from '../ports/log.ts';
import type { Ports } from '../ports/ports.ts';
import { closeRedis, connectRedis, reachedWithin } from '../redis/connect.ts';
import { startEmbeddedRedis } from '../redis/server/private-server.ts';
import { redisPeople } from '../redis/store/people.ts';
import { redisPace } from '../redis/store/rate-limiter.ts';
import { redisStores } from '../redis/store/stores.ts';
import { boltApp } from '../slack/bolt.ts';
import { cardMessage } from '../slack/cards.ts';
import { slackChannel } from '../slack/delivery/channel.ts';
import { channelStandings } from '../slack/delivery/channel-standing.ts';
import { slackHomeTab } from '../slack/delivery/home-tab.ts';
import { slackPeople } from '../slack/people.ts';
import { httpReceiver } from '../slack/wire/http-receiver.ts';
import type { PayloadKind } from '../slack/wire/payload-kind.ts';
import { responder } from '../slack/wire/response.ts';
import { socketReceiver } from '../slack/wire/socket-receiver.ts';
import { checkToken } from '../slack/wire/token-check.ts';
import { slackLogger, webClient } from '../slack/wire/web-client.ts';
import { attendAlert } from '../usecases/alerts/advance-alert.ts';
import { deliverCard } from '../usecases/cards/deliver-card.ts';
import { findDeleted } from '../usecases/cards/find-deleted.ts';
import { followHomes } from '../usecases/home/follow-homes.ts';
import { discoverHosts } from '../usecases/hosts/discover-hosts.ts';
import { nameOverdue } from '../usecases/hosts/name-overdue.ts';
import { keepPolling } from '../usecases/hosts/keep-polling.ts';
import { pollDueHosts } from '../usecases/hosts/poll-due-hosts.ts';
import { watchHost } from '../usecases/hosts/poll-on-schedule.ts';
import { findOrigins } from '../usecases/origins/find-origins.ts';
import { attendRequest } from '../usecases/requests/advance-request.ts';
import { sweep } from '../usecases/sweep.ts';
import { healthRounds } from './health-checks.ts';
import { measured } from './metered-ports.ts';
import type { Stops } from './stops.ts';
import { stopList } from './stops.ts';
import { version } from './version.ts';

export interface RunningApp {
  stop(): Promise<void>;
  /** Names a part that this process cannot live without and that has ended by itself; pending while all live. */
  readonly lost: Promise<string>;
}

type Losses = EventEmitter<{ lost: [part: string] }>;

/** What is in flight gets this long at a stop; what is cut off then is taken up again by the next start. */
const drainMs = 3000;
/** What has nothing to finish. */
const haltMs = 500;
const minuteMs = 60_000;

/** Starts every part; a start that fails undoes what it had begun. Throws `CannotStart`. */
export async function startApp(settings: Settings, policy: Policy, log: Log): Promise<RunningApp> {
  const stops = stopList(log);
  const losses: Losses = new EventEmitter();
  const lost = new Promise<string>((resolve) => losses.once('lost', resolve));
  try {
    await build(settings, policy, log, stops, losses);
    return { stop: async () => stops.run(), lost };
  } catch (error) {
    await stops.run();
    throw error;
  }
}

/** One straight line, in the order in which the parts need each other; each registers its stop where it is made. */
async function build(
  settings: Settings,
  policy: Policy,
  log: Log,
  stops: Stops,
  losses: Losses,
): Promise<void> {
  const clock = Date.now;
  const { role } = settings;
  const { botToken: token, apiUrl, requests } = settings.slack;

  // A rate limit on posts must never keep a modal from opening within its three seconds.
  const interactive = webClient({ token, apiUrl, timeoutMs: 2500, retries: 0, log });
  const background = webClient({ token, apiUrl, timeoutMs: 8000, retries: 0, log });
  const tokenCheck = await checkToken(background);
  if (tokenCheck.is === 'refused') {
    throw new CannotStart(
      `SLACK_BOT_TOKEN: Slack refuses it (${tokenCheck.code}); copy it anew from the app's settings`,
    );
  }

  const redisUrl = await redisAt(settings, log, stops, losses);
  const redis = connectRedis({ url: redisUrl, use: 'commands', log });
  stops.add('redis', async () => closeRedis(redis));
  await reachedWithin(redis, 2000);
  const queue = jobQueue({ connection: redis, clock, log });
  stops.add('queue', async () => queue.close(haltMs));
  const stores = redisStores({ redis, log, historyKeepMs: policy.historyDays * 24 * 60 * minuteMs });
  const { everyMs } = policy.polling;
  const metrics = promMetrics({
    queueDepths: async () => queue.depths(),
    pollLagMs: async () => (await stores.turns.standing(everyMs)).lagMs,
  });

  const { cloud, ...azure } = settings.azure;
  const { bastion, connectionLog } = lazyAzure({ ...azure, cloud: clouds[cloud], version, clock, log });

  const stopping = new AbortController();
  const standingOf = channelStandings({ client: background, clock, log });
  const bare: Ports = {
    ...stores,
    bastion,
    connectionLog,
    channel: slackChannel({ client: background, render: cardMessage, standingOf, clock, log }),
    homeTab: slackHomeTab({ client: background, clock }),
    people: redisPeople({ redis, people: slackPeople({ client: interactive, log }) }),
    pace: redisPace({ redis }),
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
  board.expect('shutdown', { required: true });
  const admin = await startAdminServer({
    ...settings.admin,
    health: () => board.health(),
    metrics: async () => metrics.text(),
    log,
  });
  stops.add('admin server', async () => admin.stop());
  const health = startRounds(healthRounds({ board, redis, slack: background, standingOf, ports }), log);
  stops.add('health', async () => health.stop(haltMs));

  if (role !== 'bot') {
    const connection = connectRedis({ url: redisUrl, use: 'worker', log });
    stops.add('worker connection', async () => closeRedis(connection));
    const worker = startWorker({
      connection,
      clock,
      log,
      duties: {
        poll: async (poll) => watchHost(ports, poll),
        card: async (key) => deliverCard(ports, key),
        alert: async ({ id }) => attendAlert(ports, id),
        request: async ({ id }) => attendRequest(ports, id),
      },
    });
    stops.add('worker', async () => worker.close(drainMs));
  }
  stops.add('waiting jobs', async () => stopping.abort());

  let port: number | undefined;
  if (requests) {
    const hears = {
      clock,
      log,
      onAcknowledged: (kind: PayloadKind, afterMs: number) => metrics.acknowledged(kind, afterMs),
    };
    const receiver =
      requests.over === 'http'
        ? httpReceiver({ ...requests, ...hears })
        : socketReceiver({
            ...requests,
            ...hears,
            apiUrl,
            onState: (state, detail) => board.report('slack requests', state, detail),
          });
    boltApp({
      receiver,
      ports,
      interactive,
      respond: responder({ apiUrl }),
      logger: slackLogger(log),
      portalUrl: clouds[cloud].portalUrl,
    });
    board.expect('slack requests', { required: true });
    ({ port } = await receiver.start());
    stops.add('slack requests', async () => receiver.stop(drainMs));
    if (port !== undefined) board.report('slack requests', 'ok', `port ${port}`);
  }
  if (role !== 'bot') {
    const rounds = startRounds(
      [
        { name: 'sweep', everyMs: 2000, run: async () => sweep(ports) },
        { name: 'discovery', everyMs: 5 * minuteMs, run: async () => discoverHosts(ports) },
        { name: 'turns', everyMs: minuteMs / 2, run: async () => keepPolling(ports) },
        { name: 'polls', everyMs: 250, run: async () => pollDueHosts(ports) },
        { name: 'overdue readings', everyMs: 5000, run: async () => nameOverdue(ports) },
        { name: 'deleted cards', everyMs: minuteMs, run: async () => findDeleted(ports) },
        { name: 'who and from where', everyMs: 2500, run: async () => findOrigins(ports) },
        { name: 'homes', everyMs: 5000, run: async () => followHomes(ports) },
      ],
      log,
    );
    stops.add('rounds', async () => rounds.stop(haltMs));
  }
  board.report('shutdown', 'ok', 'none');
  stops.add('readiness', async () => board.report('shutdown', 'down', 'under way'));
  log.info({ role, port, adminPort: admin.port, version }, 'ready');
}

/** The address of the Redis to use: the one named, or a private server of this process. */
async function redisAt({ redis }: Settings, log: Log, stops: Stops, losses: Losses): Promise<string> {
  if ('url' in redis) return redis.url;
  const server = await startEmbeddedRedis({ ...redis, log });
  stops.add('private Redis server', async () => server.stop());
  void server.exited.then(() => losses.emit('lost', 'private Redis server'));
  return server.url;
}
