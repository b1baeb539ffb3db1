import type { Settings } from '../config/settings.ts';
import type { GoodPolicy } from '../config/file.ts';
import { jobQueue } from '../jobs/queue.ts';
import { startRounds } from '../jobs/rounds.ts';
import { setbacks } from '../jobs/setbacks.ts';
import { wayOut } from '../net/way-out.ts';
import { CannotStart } from '../ports/cannot-start.ts';
import type { Log } from '../ports/log.ts';
import { redisPolicies } from '../redis/store/policies.ts';
import { redisStores } from '../redis/store/stores.ts';
import { openAdmin } from './admin.ts';
import { healthRounds } from './health-checks.ts';
import { hearSlack } from './hear.ts';
import { outside } from './outside.ts';
import { startPeopleRounds } from './people-rounds.ts';
import { buildPorts } from './ports.ts';
import { reachOthers } from './reach.ts';
import { sayProxy } from './say-proxy.ts';
import type { Start } from './start.ts';
import { haltMs, stopList } from './stops.ts';
import { storeOwnership } from './store-ownership.ts';
import { version } from './version.ts';
import { goRounds, takeJobs } from './work.ts';

export interface App {
  /** Rejects where the start fails, once what it had begun is undone: with `CannotStart`, or several in one. */
  readonly ready: Promise<void>;
  stop(): Promise<void>;
  /** Names a part that this process cannot live without and that has ended by itself; pending while all live. */
  readonly lost: Promise<string>;
}

const dayMs = 24 * 3_600_000;

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
  const { settings, policy, log, clock, account, stops, lose } = start;
  const { role } = settings;
  sayProxy(settings, log);

  const others = outside(start);
  const { slack, azure, interactive } = others;
  const { redis, connect, signIn } = await reachOthers(start, slack, azure.redisToken);

  const jobs = jobQueue({ connection: redis, clock, log });
  stops.add('queue', async () => jobs.close(haltMs));
  const stores = redisStores({ redis, log, historyKeepMs: policy.historyDays * dayMs });
  const ownership = storeOwnership(start, stores, slack);
  const refusal = await ownership.look();
  if (refusal !== undefined) throw new CannotStart(refusal);
  const built = buildPorts(start, others, { redis, stores, jobs, ownership });
  const { ports, keptPeople, metrics, standingOf } = built;

  const { board, port: adminPort } = await openAdmin(start, metrics);
  const health = startRounds(
    healthRounds({ board, redis, signIn, slack, ownership, standingOf, ports, account, lose }),
    log,
    account,
  );
  stops.add('health', async () => health.stop(haltMs));

  ownership.whenOurs(() => startPeopleRounds(start, { ports, board, policies: redisPolicies({ redis }) }));
  if (role !== 'bot') ownership.whenOurs(() => takeJobs(start, ports, connect));
  stops.add('waiting jobs', async () => built.stopPauses());
  const hearing = { ports, keptPeople, interactive, board, metrics, installation: ownership };
  const port = await hearSlack(start, hearing);
  if (role !== 'bot') ownership.whenOurs(() => goRounds(start, ports));
  board.report('shutdown', 'ok', 'none');
  stops.add('readiness', async () => board.report('shutdown', 'down', 'under way'));
  log.info({ role, port, adminPort, version }, 'ready');
}
