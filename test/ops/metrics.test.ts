import { describe, expect, it } from '@jest/globals';
import { promMetrics } from '../../src/ops/metrics.ts';

describe('the metrics', () => {
  it('count what happens', async () => {
    const metrics = promMetrics({
      queueDepths: () => Promise.resolve({ polls: 2, tasks: 0 }),
      pollLagMs: () => Promise.resolve(1500),
    });
    metrics.polled('good', 300);
    metrics.logAsked('no-table');
    metrics.alertRaised('production');
    metrics.disconnectSettled('ended');
    metrics.slackCallFailed('chat.postMessage', 'not_in_channel');
    metrics.acknowledged('command', 40);
    const text = await metrics.text();
    for (const line of [
      'bastion_polls_total{outcome="good"} 1',
      'bastion_poll_duration_seconds_sum 0.3',
      'bastion_log_queries_total{outcome="no-table"} 1',
      'bastion_alerts_raised_total{rule="production"} 1',
      'bastion_disconnects_total{outcome="ended"} 1',
      'bastion_slack_call_failures_total{method="chat.postMessage",reason="not_in_channel"} 1',
      'bastion_ack_duration_seconds_sum{kind="command"} 0.04',
      'bastion_queue_waiting{queue="polls"} 2',
      'bastion_poll_lag_seconds 1.5',
    ]) {
      expect(text).toContain(`${line}\n`);
    }
  });

  it('leave out the depth of the queues and the lag while Redis cannot say', async () => {
    let isDown = false;
    const queueDepths = () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve({ polls: 2 }));
    const pollLagMs = () => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(0));
    const metrics = promMetrics({ queueDepths, pollLagMs });
    expect(await metrics.text()).toContain('bastion_queue_waiting{');
    expect(await metrics.text()).toMatch(/^bastion_poll_lag_seconds 0$/m);
    isDown = true;
    expect(await metrics.text()).not.toContain('bastion_queue_waiting{');
    expect(await metrics.text()).not.toMatch(/^bastion_poll_lag_seconds /m);
  });

  it('of two bots in one process do not meet', async () => {
    const one = promMetrics();
    one.alertRaised('production');
    expect(await promMetrics().text()).not.toContain('production');
  });
});
