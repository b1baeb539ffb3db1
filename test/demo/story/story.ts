import { setHealth } from '../../simulator/azure/health.ts';
import { originOf } from '../world/origins.ts';
import { everyHostLookedUp, everyHostReadAnew } from '../world/readings.ts';
import type { DemoWorld } from '../world/world.ts';
import { patienceMs, witness } from './witness.ts';

export interface Telling {
  readonly tell: (words: string) => void;
  /** How long people get to read before the next thing happens. */
  readonly pauseMs: number;
  /** Ends the story wherever it is: the promise rejects. */
  readonly signal: AbortSignal;
}

const vm = 'vm-db-1';
const login = 'dba';
const reason = 'Finance closes the books tonight, please log off';

/** Plays the main story once, with hosts that answer: too long, asked, refused, approved, gone; then who is from outside. */
export async function playStory(world: DemoWorld, { tell, pauseMs, signal }: Telling): Promise<void> {
  const { azure, slack } = world;
  const { pause, unlessEnded, until, untilReads, untilToldAlone } = witness(slack, signal);
  const [alice, bob, carol] = [world.person('alice'), world.person('bob'), world.person('carol')];
  const prod = azure.hosts().find(({ name }) => name === 'bastion-prod');
  if (!prod) throw new Error('it needs the host bastion-prod');

  for (const host of azure.hosts()) setHealth(host, 'well');
  tell('Alice wants to know who is on which machine. She types: /bastion sessions');
  await unlessEnded(everyHostReadAnew(azure, patienceMs));
  await unlessEnded(alice.command('/bastion sessions'));
  await untilToldAlone(alice, 'the list of sessions');
  await pause(pauseMs);

  tell('Carol tries the same. She has no rights, so she is told that, in private, and sees no session.');
  await unlessEnded(carol.command('/bastion sessions'));
  await untilToldAlone(carol, 'the refusal');
  await pause(pauseMs);

  const { id } = prod.startSession({ vm, login, protocol: 'ssh', origin: originOf('erin') });
  tell(
    `Somebody logs in as ${login} on ${vm} through ${prod.name}. In this demo, sessions on databases may be open for 12 seconds. Wait for it…`,
  );
  const alert = await untilReads(alice, new RegExp(`Open too long[^]*${vm}`), 'the alert');
  await pause(pauseMs);

  tell('That is too long: the alert is in #alerts. Alice presses [Request disconnect], and a form opens.');
  await unlessEnded(alice.press(alert, 'Request disconnect'));
  const form = await until(() => alice.modal, 'the form');
  await pause(pauseMs);

  tell(`Alice gives her reason, “${reason}”, and presses [Send request].`);
  await unlessEnded(alice.submit(form, { Reason: reason }));
  const card = await untilReads(bob, /Waiting for approval/, 'the request');
  await pause(pauseMs);

  tell('Could Alice approve it herself? She presses [Approve & disconnect].');
  await unlessEnded(alice.press(card, 'Approve & disconnect'));
  await untilToldAlone(alice, 'the refusal');
  await pause(pauseMs);

  tell('It takes a colleague. Bob, a lead, presses [Approve & disconnect] and confirms.');
  await unlessEnded(bob.press(card, 'Approve & disconnect'));
  await untilReads(bob, /Gone, checked[^]*Asked by/, 'the proof');
  await untilReads(alice, /Gone, checked[^]*Your request/, 'the word to Alice');
  await untilReads(alice, new RegExp(`^Ended[^]*${vm}`), 'the end of the alert');
  await pause(pauseMs);

  const calls = prod.disconnects.filter((each) => each === id).length;
  const isGone = !prod.sessions().some((session) => session.id === id);
  tell(
    `The session is gone, and proven to be: the bot looked again before it said so. Alice has a direct message, and the alert closed itself. Azure says: ${calls === 1 ? 'one disconnect' : `${String(calls)} disconnects`} arrived, and ${login} is ${isGone ? 'no longer' : 'still'} on ${vm}.`,
  );
  await pause(pauseMs);

  tell(
    'One question more: who of the contractors is connected, and from where? A login does not tell, but the audit log does, as far as it can. Alice types: /bastion sessions entra:*@contractor.example',
  );
  await unlessEnded(everyHostLookedUp(azure, patienceMs).catch(() => undefined));
  await unlessEnded(alice.command('/bastion sessions entra:*@contractor.example'));
  await untilToldAlone(alice, 'the list of contractors');
}
