import type { Redis } from 'ioredis';
import { cards } from '../domain/cards/kinds.ts';
import type { AzureFailure } from '../domain/hosts/azure-failure.ts';
import { readingsStanding } from '../domain/sessions/readings-standing.ts';
import type { Round } from '../jobs/rounds.ts';
import type { Setbacks } from '../jobs/setbacks.ts';
import type { HealthBoard } from '../ops/health.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenSignIn } from '../redis/token-sign-in.ts';
import type { ChannelStanding } from '../slack/delivery/channel-standing.ts';
import type { InstalledApp } from '../slack/wire/installed-app.ts';
import { readPolling } from '../usecases/hosts/read-polling.ts';
import { logProblemCause } from '../wording/log-standing.ts';
import { proxyCause } from '../wording/proxy.ts';
import { pollingProblem } from '../wording/polling-standing.ts';
import { readingsDetail } from '../wording/readings-standing.ts';
import { plainly } from '../wording/words.ts';
import { leftAlone, troublesOf } from './health-details.ts';
import { redisRound } from './redis-health.ts';
import type { Start } from './start.ts';
import type { StoreOwnership } from './store-ownership.ts';

export interface HealthSources {
  readonly board: HealthBoard;
  readonly redis: Redis;
  readonly signIn: TokenSignIn | undefined;
  readonly slack: InstalledApp;
  readonly ownership: StoreOwnership;
  readonly standingOf: (channel: string) => Promise<ChannelStanding>;
  readonly account: Setbacks;
  readonly lose: Start['lose'];
  readonly ports: Pick<
    Ports,
    'cards' | 'clock' | 'hosts' | 'log' | 'logAsks' | 'policy' | 'records' | 'turns' | 'hostStates'
  >;
}

/** Looks at every part this often, so that `/readyz` itself asks nobody. */
export function healthRounds({
  board,
  redis,
  signIn,
  slack,
  ownership,
  standingOf,
  account,
  lose,
  ports,
}: HealthSources): readonly Round[] {
  const { log } = ports;
  let isTokenAccepted = false;
  return [
    redisRound({ board, redis, signIn, log, lose }),
    {
      name: 'health of slack',
      everyMs: 10_000,
      run: async () => {
        // A token accepted once keeps the bot ready: Slack's own outages are not ours to end.
        const check = await slack.ask();
        isTokenAccepted ||= check.is === 'accepted';
        if (check.is === 'accepted') board.report('slack', 'ok', check.team);
        else
          board.report(
            'slack',
            isTokenAccepted && check.is === 'unreachable' ? 'degraded' : 'down',
            detailOf(check),
          );
      },
    },
    {
      name: 'owner of the store',
      everyMs: 2000,
      run: async () => {
        await ownership.keepUp().finally(() => {
          const { state, detail } = ownership.standing();
          board.report('store', state, detail);
        });
      },
    },
    {
      name: 'health of the records',
      everyMs: 5000,
      run: async () => {
        const unreadable = await ports.records.unreadable();
        if (unreadable.length === 0) board.report('records', 'ok');
        else board.report('records', 'degraded', leftAlone(unreadable));
      },
    },
    {
      name: 'health of the rounds',
      everyMs: 2000,
      run: async () => {
        const troubles = troublesOf(account.standing());
        board.report('rounds', troubles === undefined ? 'ok' : 'degraded', troubles);
        return Promise.resolve();
      },
    },
    {
      name: 'health of polls',
      everyMs: 5000,
      run: async () => {
        const problem = pollingProblem(await readPolling(ports));
        board.report('polls', problem === undefined ? 'ok' : 'degraded', problem);
        const readings = readingsStanding(
          await ports.hostStates.all(),
          ports.policy.polling.everyMs,
          ports.clock(),
        );
        board.report('readings', readings.unread.length > 0 ? 'degraded' : 'ok', readingsDetail(readings));
      },
    },
    {
      name: 'health of the audit log',
      everyMs: 5000,
      run: async () => {
        const last = await ports.logAsks.last();
        const problem = last?.trouble?.problem;
        const isWell = problem === undefined || problem.is === 'not-set';
        const detail = problem && plainly(logProblemCause(problem));
        board.report('logs', last === undefined ? 'starting' : isWell ? 'ok' : 'degraded', detail);
      },
    },
    {
      name: 'health of azure and the channels',
      everyMs: 5000,
      run: async () => {
        const discovery = await ports.hosts.lastDiscovery();
        const problems =
          discovery?.problems.map(({ scope, failure }) => `${scope}: ${briefly(failure)}`) ?? [];
        const unknown = (await ports.hosts.all()).length === 0 ? ['no host is known yet'] : [];
        if (problems.length > 0) board.report('azure', 'degraded', [...unknown, ...problems].join('; '));
        else board.report('azure', discovery ? 'ok' : 'starting');

        const troubled = await ports.cards.inTrouble();
        for (const role of ['alerts', 'approvals'] as const) {
          // Older cards say what was wrong when they were tried last.
          const [trouble] = troubled
            .flatMap((card) => (cards[card.key.card].place === role && card.trouble ? [card.trouble] : []))
            .sort((one, other) => other.since - one.since);
          const channel = ports.policy.channels[role];
          const problem = trouble?.code ?? problemOf(await standingOf(channel));
          const detail = problem === undefined ? channel : `${channel}: ${problem}`;
          board.report(`channel ${role}`, problem === undefined ? 'ok' : 'degraded', detail);
        }
      },
    },
  ];
}

function briefly(failure: AzureFailure): string {
  const proxy = failure.kind === 'unreachable' ? failure.proxy : undefined;
  return proxy ? plainly(proxyCause(proxy)) : failure.kind;
}

/** A channel that Slack cannot speak of now is not in trouble for that. */
function problemOf(standing: ChannelStanding): string | undefined {
  switch (standing.is) {
    case 'shared':
      return 'shared-channel';
    case 'unchecked':
      return `not known whether it is shared, the Slack app lacks ${standing.missingScope}`;
    case 'unknown':
      return standing.failure.why === 'refused' ? standing.failure.code : undefined;
    case 'ours':
      return undefined;
  }
}

function detailOf(check: Awaited<ReturnType<InstalledApp['ask']>>): string {
  if (check.is === 'unreachable') return check.why ?? check.is;
  return check.is === 'refused' ? check.code : check.is;
}
