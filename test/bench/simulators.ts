import type { z } from 'zod';
import type { BastionHost } from '../../src/domain/hosts/host.ts';
import { hostIdOf } from '../../src/domain/hosts/host.ts';
import { startAzure } from '../simulator/azure/azure-simulator.ts';
import type { SessionOptions, SimulatedHost } from '../simulator/azure/host.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import { startSlack } from '../simulator/slack/simulator.ts';
import type { Counted, HomeOrder, Opened, Timed } from './stage.ts';
import { countOrderShape, homeOrderShape, orderShape, scenery } from './stage.ts';

// Slack and Azure in a process of their own, so that what is measured shares nothing with them but the wire.
const { hosts, sessionsEach, withLog } = scenery.parse(JSON.parse(process.argv[2] ?? '{}'));
const azure = await startAzure({ budgets: 'unlimited' });
// So many that nobody types faster than a person, and few enough that Slack is asked about each.
const typists = Array.from({ length: 20 }, (_, index) => `U0TYPIST${index}`);
const lead = 'U0ALICE';
/** Has no right at all. */
const stranger = 'U0STRANGER';
const slack = await startSlack({
  people: [lead, stranger, ...typists].map((id) => ({ id, name: id.toLowerCase() })),
  groups: [
    { id: 'S0OPS', handle: 'ops', members: [lead, ...typists] },
    { id: 'S0LEADS', handle: 'leads', members: [lead] },
  ],
});
let typed = 0;
process.on('message', (message) => {
  if (countOrderShape.safeParse(message).success) return tellParent(countReads());
  const home = homeOrderShape.safeParse(message);
  const timed = home.success ? openHomes(home.data) : carryOut(orderShape.parse(message));
  return void timed.then(tellParent);
});
process.on('disconnect', () => process.exit());
const logs = withLog ? azure.logs.environment : {};
tellParent({
  hosts: hosts.map(open),
  environment: { ...slack.environment, ...azure.environment, ...logs },
});

function open({ name, style }: (typeof hosts)[number]): BastionHost {
  const host = azure.addHost({ name });
  host.behave(style);
  fill(host);
  const { id, location, resourceGroup, subscriptionId } = host;
  return { id: hostIdOf(id), location, name, resourceGroup, subscriptionId };
}

/** Of all ages up to four hours. */
function fill(host: SimulatedHost): void {
  for (let session = 0; session < sessionsEach; session++) {
    host.startSession({
      id: `${host.name}-${session}`,
      vm: `vm-${session}`,
      login: `user${session % 7}`,
      protocol: session % 2 === 0 ? 'ssh' : 'rdp',
      ageMs: ((session * 7919) % 240) * 60_000,
      ...(withLog && { origin: originOf(`${host.name}-${session}`, session) }),
    });
  }
}

/** Of ten, seven are exactly known, two are likely, and of one nothing is. */
function originOf(id: string, session: number): NonNullable<SessionOptions['origin']> {
  if (session % 10 === 9) return 'none';
  const known = { entraUser: `user${session}@example.com`, clientAddress: `203.0.113.${session}` };
  return session % 10 < 7 ? known : { ...known, tunnelId: `tunnel-${id}` };
}

/** One request after the other, each from when it is signed until the answer is at the `response_url`. */
async function carryOut({
  botUrl,
  typed: text,
  pressed,
  times,
}: z.output<typeof orderShape>): Promise<Timed> {
  slack.connect(botUrl);
  let person = slack.as(lead);
  const { all } = slack.requests;
  const list = pressed.length > 0 ? await answerTo(person, text) : undefined;
  const takenMs: number[] = [];
  while (takenMs.length < times) {
    const label = pressed[takenMs.length % pressed.length];
    if (!list) person = nextTypist();
    const known = all.length;
    const answer = () => all.slice(known).find(({ method }) => method === 'response_url');
    const sentAt = performance.now();
    const acknowledged = list && label ? person.press(list, label) : person.command(text);
    takenMs.push(await slack.changes.until(() => answer() && performance.now() - sentAt));
    await Promise.all([acknowledged, slack.changes.until(() => answer()?.outcome)]);
  }
  return { takenMs, lastAnswer: person.ephemerals.at(-1)?.versions.at(-1)?.text ?? '' };
}

/** Each from the event until the view is published. */
async function openHomes({ botUrl, homes }: HomeOrder): Promise<Timed> {
  slack.connect(botUrl);
  const person = slack.as(lead);
  const takenMs: number[] = [];
  while (takenMs.length < homes) {
    const before = person.home?.hash;
    const openedAt = performance.now();
    const acknowledged = person.openHome();
    await slack.changes.until(() => person.home?.hash !== before);
    takenMs.push(performance.now() - openedAt);
    await acknowledged;
  }
  return { takenMs, lastAnswer: JSON.stringify(person.home?.content) };
}

function nextTypist(): Person {
  typed += 1;
  return slack.as(typists[typed % typists.length] ?? lead);
}

async function answerTo(person: Person, typed: string): Promise<Message> {
  const known = person.ephemerals.length;
  await person.command(typed);
  return slack.changes.until(() => person.ephemerals[known]);
}

function countReads(): Counted {
  const begun = azure.requests.all(({ kind }) => kind === 'sessions').map(({ path }) => path.toLowerCase());
  return {
    logQueries: azure.requests.count(({ kind }) => kind === 'logs'),
    reads: azure
      .hosts()
      .map(({ id }) => begun.filter((path) => path.startsWith(`${id.toLowerCase()}/`)).length),
  };
}

function tellParent(message: Opened | Timed | Counted): void {
  process.send?.(message);
}
