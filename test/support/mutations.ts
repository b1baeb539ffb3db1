import { actions, submissions } from '../../src/slack/buttons.ts';
import { clickPayload, formPayload } from './forged.ts';
import type { Json } from '../simulator/slack/json.ts';

/** Who sends it, and ids that stand for something here. */
export interface Sender {
  readonly people: readonly string[];
  readonly team: string;
  readonly app: string;
  readonly values: readonly string[];
  readonly responseUrl: string;
}

export interface Bodies {
  /** Of the type of a form, as Slack posts it; JSON where it is an event. */
  readonly body: string;
  readonly type: string;
}

const form = 'application/x-www-form-urlencoded';
const json = 'application/json';
/** Stands for what JSON.stringify would not survive. */
const abyss = '(abyss)';
const depth = 50_000;

/** The same for the same seed. */
export function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A payload of each kind in turn, in one to three places not as Slack sends it. */
export function mutatedBody(turn: number, sender: Sender, random: (below: number) => number): Bodies {
  const templates = payloads(sender, random);
  const template = templates[turn % templates.length] ?? {};
  const mutated = mutate(template, random, 1 + random(3));
  if ('command' in template) {
    const fields = Object.entries(mutated).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    return { type: form, body: new URLSearchParams(fields).toString() };
  }
  const text = JSON.stringify(mutated).replaceAll(
    JSON.stringify(abyss),
    '['.repeat(depth) + ']'.repeat(depth),
  );
  if (template['type'] === 'event_callback') return { type: json, body: text };
  return { type: form, body: new URLSearchParams({ payload: text }).toString() };
}

function payloads(sender: Sender, random: (below: number) => number): readonly Json[] {
  const { people, team, app, values, responseUrl } = sender;
  const oneOf = <T>(list: readonly T[]): T | undefined => list[random(list.length)];
  const by = oneOf(people) ?? '';
  const value = oneOf(values) ?? '';
  const world = {
    team: { id: team, name: 'team', domain: 'team' },
    bot: { userId: 'U0BASTIONBOT', botId: 'B0BASTION', appId: app },
  };
  const event = (of: Json): Json => ({
    type: 'event_callback',
    team_id: team,
    api_app_id: app,
    event_id: `Ev${random(1e9)}`,
    event: of,
  });
  return [
    {
      command: '/bastion',
      text: oneOf(['sessions', 'sessions vm:vm-1*', 'history since:30d', 'help', 'nothing we know']) ?? '',
      user_id: by,
      team_id: team,
      api_app_id: app,
      response_url: responseUrl,
      trigger_id: `${random(1e9)}.1`,
    },
    clickPayload(
      { by, actionId: oneOf([...actions.keys()]) ?? '', value, beside: { response_url: responseUrl } },
      world,
    ),
    formPayload(
      {
        by,
        callbackId: oneOf([...submissions.keys()]) ?? '',
        privateMetadata: value,
        typed: 'because',
        ticked: [value],
      },
      world,
    ),
    event({ type: 'app_home_opened', user: by, tab: 'home', channel: 'D0' }),
    event({ type: 'user_change', user: { id: by, team_id: team, profile: { email: 'a@example.com' } } }),
    event({ type: 'subteam_members_changed', subteam_id: 'S0OPS', added_users: [by] }),
  ];
}

function mutate(template: Json, random: (below: number) => number, times: number): Json {
  const copy: Json = structuredClone(template);
  for (let time = 0; time < times; time++) {
    const places = placesIn(copy);
    const place = places[random(places.length)];
    if (place) place(wrongs[random(wrongs.length)]?.(random));
  }
  return copy;
}

/** Each puts something else in its place; undefined takes it away. */
function placesIn(within: object): readonly ((value: unknown) => void)[] {
  return Object.entries(within).flatMap(([name, value]: [string, unknown]) => [
    (other: unknown) => void Object.assign(within, { [name]: other }),
    ...(typeof value === 'object' && value !== null ? placesIn(value) : []),
  ]);
}

const wrongs: readonly ((random: (below: number) => number) => unknown)[] = [
  () => undefined,
  () => null,
  () => true,
  () => '',
  () => -1,
  () => 1e300,
  () => [],
  () => ({}),
  () => [[[]]],
  () => abyss,
  () => ({ id: 'U0FOREIGN', team_id: 'T0FOREIGN' }),
  () => 'A0FOREIGN',
  () => '{bastion}:audit',
  () => '__proto__',
  () => ({ constructor: { prototype: { view: true } } }),
  () => '\u0000\uD800\u202E',
  () => '<!channel> <@U0ALICE> *bold* `code` https://evil.example',
  () => 'https://evil.example/steal',
  (random) => `sessions vm:${'*-'.repeat(random(5000))}x`,
  (random) => `sessions ${'"'.repeat(random(5000))}`,
  (random) => ' '.repeat(random(100_000)),
  (random) => 'x'.repeat(random(200_000)),
  (random) => 'ﬀ\u0301'.repeat(random(20_000)),
  (random) => Array.from({ length: random(5000) }, () => ({ action_id: 'x', value: 'y' })),
  (random) => Object.fromEntries(Array.from({ length: random(5000) }, (_, key) => [`k${key}`, key])),
];
