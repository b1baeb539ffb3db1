import type { SimulatedHost } from '../simulator/azure/host.ts';
import { isVisible, reads } from './cards-seen.ts';
import type { Stage } from './stage.ts';
import { alerts, approvals, setStage } from './stage.ts';

export interface FiftyResult {
  readonly rounds: number;
  readonly disconnects: number;
  /** Private answers that Slack took. */
  readonly notes: number;
  readonly violations: readonly string[];
}

const approversAtOnce = 50;

/** Fifty people approve the same request at the same moment, through two replicas, again and again. */
export async function playFifty(rounds: number): Promise<FiftyResult> {
  const stage = await setStage({ hosts: 1, askers: 1, approvers: approversAtOnce, history: true });
  const [host] = stage.azure.hosts();
  if (!host) throw new Error('a stage has a host');
  const violations: string[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const before = stage.slack.requests.all.length;
    const acknowledged = await approveAtOnce(stage, host, `vm-${round}`);
    const sent = host.disconnects.length - (round - 1);
    const notes = notesSince(stage, before);
    if (sent !== 1) violations.push(`round ${round}: ${sent} disconnects`);
    // On a machine that is too slow, Slack gives up on a click and tells the person so itself.
    if (notes < acknowledged - 1 || notes > approversAtOnce - 1) {
      violations.push(`round ${round}: ${notes} private notes for ${acknowledged} clicks`);
    }
  }
  const result = {
    rounds,
    disconnects: host.disconnects.length,
    notes: notesSince(stage, 0),
    violations,
  };
  await stage.stop();
  return result;
}

async function approveAtOnce(
  { slack, askers, approvers, replicas }: Stage,
  host: SimulatedHost,
  vm: string,
): Promise<number> {
  const asker = slack.as(askers[0] ?? '');
  const shown = async (channel: string, wanted: RegExp) =>
    slack.changes.until(
      () =>
        slack
          .channel(channel)
          .messages.find((each) => isVisible(each) && reads(each).includes(vm) && wanted.test(reads(each))),
      `${vm} in ${channel}, reading ${String(wanted)}`,
      60_000,
    );
  host.startSession({ vm, ageMs: 60_000 });
  await asker.press(await shown(alerts, /Open too long/), 'Request disconnect');
  const form = await slack.changes.until(() => asker.modal, 'the form');
  await asker.submit(form, { reason: `to end ${vm}` });
  const card = await shown(approvals, /asks to disconnect/);
  const clicks = approvers.map(async (id, index) => {
    replicas.route((urls) => urls[index % urls.length]);
    return slack.as(id).press(card, 'Approve & disconnect');
  });
  const acknowledged = (await Promise.all(clicks)).filter(({ ok }) => ok).length;
  await shown(approvals, /Gone, checked/);
  return acknowledged;
}

function notesSince({ slack }: Stage, first: number): number {
  return slack.requests.all
    .slice(first)
    .filter(({ method, outcome }) => method === 'response_url' && outcome === 'ok').length;
}
