import { startWorld } from '../support/world.ts';
import type { Line } from './table.ts';

const hostCount = 150;
/** Azure's budget of calls is one of each subscription, and enough for these. */
const subscriptions = 3;
const pollSeconds = 15;
/** Of the session that reaches its limit during the outage. */
const limitSeconds = 120;
const patienceMs = 300_000;

/** The shipped process while every host falls silent: how often does it say so, and does an alert still come in time? */
export async function measureOutage(): Promise<readonly Line[]> {
  const world = await startWorld();
  try {
    const hosts = Array.from({ length: hostCount }, (_, index) =>
      world.azure.addHost({ name: `bastion-${index}`, subscriptionId: subscription(index % subscriptions) }),
    );
    await world.startBot({
      channels: { alerts: 'C0ALERTS', approvals: 'C0APPROVE' },
      access: { view: ['S0OPS'], disconnect: ['S0OPS'], approve: ['S0LEADS'] },
      polling: { every: `${pollSeconds}s` },
      rules: [{ name: 'everything', warnAfter: `${limitSeconds}s` }],
    });
    const startedAt = Date.now();
    hosts[0]?.startSession({ vm: 'vm-late', startedAt });
    await world.slack.changes.until(
      () => world.azure.requests.count(({ kind }) => kind === 'sessions') >= 2 * hostCount,
      'every host was read twice',
      patienceMs,
    );
    for (const host of hosts) host.behave({ error: { status: 503, code: 'ServiceUnavailable' } });

    // From the last good reading alone an alert goes out three intervals late: longer it is not waited for a host.
    const dueAt = startedAt + limitSeconds * 1000 + 3 * pollSeconds * 1000;
    const posted = (words: string) =>
      world.slack.channel('C0ALERTS').messages.find(({ versions: [first] }) => first.text.includes(words));
    const alert = await world.slack.changes.until(() => posted('vm-late'), 'the alert', patienceMs);
    const lateSeconds = (Number(alert.ts) * 1000 - dueAt) / 1000;
    const posts = world.slack.requests.all.filter(({ method }) => method === 'chat.postMessage').length - 1;
    return [
      {
        measurement: `${hostCount} hosts fall silent at once: posts about that`,
        reached: String(posts),
        target: '≤ 2',
        isMet: posts <= 2,
      },
      {
        measurement: 'an alert that becomes due meanwhile is out after',
        reached: `${lateSeconds.toFixed(1)} s`,
        target: '≤ 5 s',
        isMet: lateSeconds <= 5,
      },
    ];
  } finally {
    await world.stop();
  }
}

function subscription(index: number): string {
  return `${index}1111111-1111-4111-8111-111111111111`;
}
