import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { CardContent } from '../../../src/domain/cards/content.ts';
import type { CardKey } from '../../../src/domain/cards/kinds.ts';
import type { Lookup, UserId } from '../../../src/domain/people/person.ts';
import type { DisconnectPolicy, Policy } from '../../../src/domain/policy/policy.ts';
import type { DisconnectRequest, RequestState } from '../../../src/domain/requests/request.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { aPolicy, aRequest, aSession, hour, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const second = 1000;
const nothing: CardContent = { card: 'outcome', request: aRequest() };
const key: CardKey = { card: 'owner-told', id: 'request-1' };
const item = { kind: 'card', key } as const;
const sent = { by: 'U0BOSS', decidedAt: noon, sentAt: noon, calls: 1 } as const;
const gone: RequestState = { is: 'gone', ...sent, checkedAt: noon };
const byLogin = [{ vmLogin: 'azureuser', slack: 'U0OWNER' }];
const byEmail = [{ vmLogin: '*', email: '{login}@example.com' }];

interface Given {
  readonly people?: Policy['people'];
  readonly disconnect?: Partial<DisconnectPolicy>;
  readonly request?: Partial<DisconnectRequest>;
}

async function world({ people = byLogin, disconnect = {}, request = {} }: Given = {}): Promise<MemoryPorts> {
  const policy = aPolicy({
    access: { view: ['everyone'], disconnect: ['S0OPS'], approve: ['S0LEADS'] },
    disconnect: { ...aPolicy().disconnect, ...disconnect },
    people,
  });
  const ports = memoryPorts({ policy });
  const one = aRequest({ state: gone, ...request });
  await ports.requests.open(one, auditOfRequest(one, noon));
  return ports;
}

/** As it is with the first answers of Slack. */
function slackSays(ports: MemoryPorts, ...answers: readonly Lookup<UserId | undefined>[]): MemoryPorts {
  const left = [...answers];
  const byEmail = async () => left.shift() ?? { ok: true as const, value: 'U0OWNER' };
  return { ...ports, people: { ...ports.people, byEmail } };
}

const dueAt = async ({ due }: MemoryPorts, at: number) =>
  JSON.stringify(await due.by(at, 9)).includes('owner-told');
const warned = ({ lines }: MemoryPorts) =>
  lines.filter(({ event }) => event.startsWith('could not tell an owner'));

describe('the owner of an ended session', () => {
  it('is told once, in a direct message, that it was ended and whom to ask', async () => {
    const ports = await world();
    expect(await ports.due.by(noon, 9)).toContainEqual(item);
    for (let times = 0; times < 3; times += 1) await deliverCard(ports, key);
    expect(ports.channel.messages).toMatchObject([
      {
        place: { user: 'U0OWNER' },
        content: { card: 'owner-told', request: { id: 'request-1' }, whomToAsk: ['S0LEADS'], saysWho: false },
      },
    ]);
    expect(ports.channel.calls).toEqual({ post: 1, update: 0 });
    expect(await dueAt(ports, noon + 2 * hour)).toBe(false);
  });

  it.each<[string, Given, object]>([
    ['who and why too', { disconnect: { tellOwner: 'all' } }, { saysWho: true }],
    ['to ask who may disconnect', { disconnect: { approval: 'none' } }, { whomToAsk: ['S0OPS'] }],
    ['of a member of a batch', { request: { batchId: 'batch-1' } }, { request: { batchId: 'batch-1' } }],
  ])('hears %s, where the policy says so', async (_what, given, content) => {
    const ports = await world(given);
    await deliverCard(ports, key);
    expect(ports.channel.messages).toMatchObject([{ place: { user: 'U0OWNER' }, content }]);
  });

  it.each<[string, Given]>([
    ['the policy has it switched off', { disconnect: { tellOwner: 'off' } }],
    ['it has none', { people: [] }],
    ['nobody in Slack has the address', { people: byEmail }],
    ['its login is blank', { people: byEmail, request: { session: aSession({ vmLogin: '' }) } }],
    ['they asked for it themselves', { request: { requester: 'U0OWNER' } }],
    ['it was not ended', { request: { state: { ...gone, is: 'still-there' } } }],
    ['it was ended a day ago', { request: { state: { ...gone, checkedAt: noon - 24 * hour - 1 } } }],
  ])('is nobody who is told where %s', async (_what, given) => {
    const ports = await world(given);
    await deliverCard(ports, key);
    expect(ports.channel.messages).toEqual([]);
    expect(await dueAt(ports, noon + 2 * hour)).toBe(false);
    expect(warned(ports)).toEqual([]);
  });

  it('is told once Slack can say who they are', async () => {
    const ports = slackSays(await world({ people: byEmail }), { ok: false });
    await deliverCard(ports, key);
    expect(ports.channel.messages).toEqual([]);
    expect(await dueAt(ports, noon + 10 * second - 1)).toBe(false);
    expect(await dueAt(ports, noon + 10 * second)).toBe(true);
    ports.time.now = noon + 10 * second;
    await deliverCard(ports, key);
    expect(ports.channel.messages).toMatchObject([{ place: { user: 'U0OWNER' } }]);
  });

  it('is asked for less and less often, and for an hour', async () => {
    const ports = slackSays(
      await world({ people: byEmail }),
      ...Array.from({ length: 99 }, () => ({ ok: false as const })),
    );
    let asked = 0;
    for (; ports.time.now < noon + 2 * hour; ports.time.now += 5 * second) {
      if (!(await dueAt(ports, ports.time.now))) continue;
      await deliverCard(ports, key);
      asked += 1;
    }
    expect(asked).toBeLessThan(16);
    expect(await dueAt(ports, noon + 24 * hour)).toBe(false);
    expect(ports.channel.calls).toEqual({ post: 0, update: 0 });
    expect(warned(ports)).toHaveLength(1);
  });

  it('is not waited for where the app lacks a scope', async () => {
    const ports = slackSays(await world({ people: byEmail }), {
      ok: false,
      missingScope: 'users:read.email',
    });
    await deliverCard(ports, key);
    expect(await dueAt(ports, noon + hour)).toBe(false);
    expect(warned(ports)).toMatchObject([
      { level: 'warn', fields: { requestId: 'request-1', missingScope: 'users:read.email' } },
    ]);
  });

  it('is told when it is found out later who they are, and once, whatever is found out then', async () => {
    const ports = await world({ people: [{ vmLogin: 'fay', slack: 'U0FAY' }] });
    const found = async (vmLogin: string) => {
      const request = await ports.requests.get(key.id);
      if (request) await ports.requests.refine({ ...request, session: aSession({ vmLogin }) }, noon);
      expect(await dueAt(ports, noon)).toBe(true);
      await deliverCard(ports, key);
    };
    await found('dana');
    expect(ports.channel.messages).toEqual([]);
    for (const login of ['fay', 'fay', 'dana']) await found(login);
    expect(ports.channel.messages).toMatchObject([{ place: { user: 'U0FAY' } }]);
    expect(ports.channel.calls).toEqual({ post: 1, update: 0 });
  });

  it('has one message where two were posted', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    const card = await ports.cards.get(key);
    const twice = await ports.channel.post(
      { user: 'U0OWNER' },
      ports.channel.messages[0]?.content ?? nothing,
    );
    if (twice.ok) await ports.cards.save({ ...card, extras: [twice.message] }, noon);
    await deliverCard(ports, key);
    expect(ports.channel.messages).toHaveLength(1);
    expect(await ports.cards.get(key)).not.toHaveProperty('extras');
  });

  it('is given up after a day where Slack refuses the message, and is no trouble any more', async () => {
    const ports = await world();
    ports.channel.failNext({ ok: false, why: 'refused', code: 'user_disabled' });
    await deliverCard(ports, key);
    expect(await ports.cards.inTrouble()).toMatchObject([{ key, trouble: { code: 'user_disabled' } }]);
    ports.time.now = noon + 24 * hour + minute;
    await deliverCard(ports, key);
    expect(ports.channel.messages).toEqual([]);
    expect(await ports.cards.inTrouble()).toEqual([]);
  });

  it('has the message once, though it was deleted', async () => {
    const ports = await world();
    await deliverCard(ports, key);
    const [message] = ports.channel.messages;
    if (message) ports.channel.remove(message.ref);
    const request = await ports.requests.get(key.id);
    if (request) await ports.requests.save(request, auditOfRequest(request, noon));
    await deliverCard(ports, key);
    expect(ports.channel.messages).toEqual([]);
  });
});
