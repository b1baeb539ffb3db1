import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { Chance } from './chance.ts';
import type { Stage } from './stage.ts';
import { alerts, hostsThere } from './stage.ts';
import { offering, seen } from './story.ts';

const mostSessions = 14;
const outage = { status: 503, code: 'ServerBusy' };

/** What a story leaves out, until the signal: alerts handled, homes, tunnels, sessions without an id, hosts that fail. */
export async function churn(
  stage: Stage,
  chanceFor: (actor: string) => Chance,
  watchers: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  await Promise.all([
    ...watchers.map(async (id) => handles(stage, stage.slack.as(id), chanceFor(id), signal)),
    comeAndGo(stage, chanceFor('tunnels'), signal),
    ...stage.hosts.map(async (host) => {
      const chance = chanceFor(`failures of ${host.name}`);
      while (!signal.aborted) {
        await chance.pause(10_000, 40_000, signal);
        // Those that fail together have one cause.
        const failing = chance.odds(0.3) ? stage.hosts : [host];
        for (const each of failing) each.behave({ error: outage, on: 'sessions' });
        await chance.pause(3000, 12_000, signal);
        for (const each of failing) each.behaveNormally();
      }
    }),
  ]);
}

/** One of those who look after alerts, with one pair of hands. */
async function handles(stage: Stage, person: Person, chance: Chance, signal: AbortSignal): Promise<void> {
  let snoozes = 0;
  const onCard = async (label: string, act: (card: Message) => Promise<unknown>) => {
    const card = chance.oneOf(offering(stage, alerts, label));
    if (card) await act(card);
  };
  const presses = async (label: string) => onCard(label, async (card) => person.press(card, label));
  const snoozesFor = async (seconds: number) => {
    await onCard('Snooze', async (card) => {
      if (!(await person.press(card, 'Snooze')).ok) return;
      const form = await seen(stage, () => person.modal);
      if (!form) return;
      snoozes += 1;
      const until = String(Math.ceil(Date.now() / 1000) + seconds);
      await person.submit(form, { 'Or until another time': until, Reason: `a nap, the ${snoozes}th` });
    });
  };
  const acts: readonly (() => Promise<unknown>)[] = [
    async () => presses('Acknowledge'),
    async () => presses('Undo acknowledgement'),
    async () => presses('End snooze'),
    async () => presses('Details'),
    async () => snoozesFor(chance.between(2, 5)),
    async () => snoozesFor(chance.between(2, 5)),
    async () => person.openHome(),
    async () => person.command('/bastion sessions'),
    async () => person.command('/bastion history'),
  ];
  while (!signal.aborted) {
    await chance.pause(300, 1500, signal);
    for (const modal of [...person.modals].reverse()) await person.close(modal);
    stage.replicas.route((urls) => chance.oneOf(urls));
    // Somebody was so fast that the button is gone, or the form.
    await chance
      .oneOf(acts)?.()
      .catch(() => undefined);
  }
}

async function comeAndGo(stage: Stage, chance: Chance, signal: AbortSignal): Promise<void> {
  let machines = 0;
  const started = () => hostsThere(stage).flatMap((host) => host.sessions().map(({ id }) => ({ host, id })));
  while (!signal.aborted) {
    await chance.pause(300, 1200, signal);
    if (chance.odds(0.4)) {
      const gone = chance.oneOf(started());
      gone?.host.endSession(gone.id);
      continue;
    }
    const host = chance.oneOf(hostsThere(stage));
    if (!host || started().length >= mostSessions) continue;
    machines += 1;
    const startedAt = Date.now();
    const alike = { login: 'deploy', startedAt, origin: 'none' } as const;
    if (chance.odds(0.3)) {
      host.startSession({ ...alike, vm: `without-id-${machines}`, id: '' });
    } else {
      const vm = `tunnel-${machines}`;
      for (let index = chance.between(1, 3); index > 0; index -= 1) host.startSession({ ...alike, vm });
    }
  }
}
