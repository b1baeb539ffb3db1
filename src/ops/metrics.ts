import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

export interface Metrics {
  text(): Promise<string>;
  /** `outcome`: `good`, or why the reading could not be relied on. */
  polled(outcome: string, durationMs: number): void;
  logAsked(outcome: string): void;
  alertRaised(rule: string): void;
  /** `outcome`: the state the request settled in. */
  disconnectSettled(outcome: string): void;
  /** `reason`: Slack's name for it, or why there was no answer. */
  slackCallFailed(method: string, reason: string): void;
  /** From the arrival of a command or a click until Slack has its acknowledgement. */
  acknowledged(kind: string, durationMs: number): void;
  requestRefused(reason: string): void;
}

export interface MetricsOptions {
  readonly queueDepths?: () => Promise<Readonly<Record<string, number>>>;
  readonly roundFailures?: () => ReadonlyMap<string, number>;
  /** Of the longest overdue host; asked at each scrape. */
  readonly pollLagMs?: () => Promise<number>;
}

/** Labels come from small fixed sets, never from people or machines. */
export function promMetrics({ queueDepths, pollLagMs, roundFailures }: MetricsOptions = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const polls = new Counter({
    name: 'bastion_polls_total',
    help: 'Readings of a Bastion host, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const pollSeconds = new Histogram({
    name: 'bastion_poll_duration_seconds',
    help: 'From the start of a poll until its result is stored',
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60],
    registers,
  });
  const logQueries = new Counter({
    name: 'bastion_log_queries_total',
    help: 'Questions to the audit log for who is behind sessions, by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const alerts = new Counter({
    name: 'bastion_alerts_raised_total',
    help: 'Sessions that were open for longer than their rule allows',
    labelNames: ['rule'],
    registers,
  });
  const disconnects = new Counter({
    name: 'bastion_disconnects_total',
    help: 'Requests to end a session, by how they ended',
    labelNames: ['outcome'],
    registers,
  });
  const slackFailures = new Counter({
    name: 'bastion_slack_call_failures_total',
    help: 'Calls of the Slack Web API that failed',
    labelNames: ['method', 'reason'],
    registers,
  });
  const acknowledgements = new Histogram({
    name: 'bastion_ack_duration_seconds',
    help: 'From the arrival of a command or a click until its acknowledgement; Slack waits for 3 s',
    labelNames: ['kind'],
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers,
  });
  const refusedRequests = new Counter({
    name: 'bastion_requests_refused_total',
    help: 'What came to the port for Slack and is not what Slack sends, by reason',
    labelNames: ['reason'],
    registers,
  });
  const waiting = new Gauge({
    name: 'bastion_queue_waiting',
    help: 'Jobs that wait for the worker, by queue; absent while Redis cannot say',
    labelNames: ['queue'],
    registers,
  });
  const lag = new Gauge({
    name: 'bastion_poll_lag_seconds',
    help: 'How long the longest overdue host waits for its turn to be polled; absent while Redis cannot say',
    registers,
  });

  const failedRounds = new Counter({
    name: 'bastion_round_failures_total',
    help: 'Rounds of this process (sweep, discovery, …) that failed',
    labelNames: ['round'],
    registers,
  });

  return {
    async text() {
      failedRounds.reset();
      for (const [round, times] of roundFailures?.() ?? []) {
        failedRounds.inc({ round: round.replace(/^round /, '') }, times);
      }
      waiting.reset();
      const depths: Readonly<Record<string, number>> = (await queueDepths?.().catch(() => undefined)) ?? {};
      for (const [queue, depth] of Object.entries(depths)) waiting.set({ queue }, depth);
      lag.remove();
      const lagMs = await pollLagMs?.().catch(() => undefined);
      if (lagMs !== undefined) lag.set(lagMs / 1000);
      return registry.metrics();
    },
    polled(outcome, durationMs) {
      polls.inc({ outcome });
      pollSeconds.observe(durationMs / 1000);
    },
    logAsked: (outcome) => logQueries.inc({ outcome }),
    alertRaised: (rule) => alerts.inc({ rule }),
    disconnectSettled: (outcome) => disconnects.inc({ outcome }),
    slackCallFailed: (method, reason) => slackFailures.inc({ method, reason }),
    acknowledged: (kind, durationMs) => acknowledgements.observe({ kind }, durationMs / 1000),
    requestRefused: (reason) => refusedRequests.inc({ reason }),
  };
}
