import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SimulatedHost } from '../simulator/azure/host.ts';
import { field, listField, textField } from '../simulator/slack/json.ts';
import type { Message } from '../simulator/slack/messages.ts';
import type { Person } from '../simulator/slack/person.ts';
import type { View } from '../simulator/slack/views.ts';
import { eventuallyTyped } from '../support/eventually.ts';
import { eventually } from '../support/eventually.ts';
import type { TestWorld } from '../support/world.ts';
import { quickPolicy, startWorld, textOf, untilReads } from '../support/world.ts';

const hourMs = 3_600_000;

describe('many sessions, on the wire', () => {
  let world: TestWorld;
  let host: SimulatedHost;
  let alice: Person;
  let bob: Person;

  beforeAll(async () => {
    world = await startWorld();
    host = world.azure.addHost({ name: 'bastion-prod' });
    for (let index = 0; index < 24; index += 1) {
      const vm = `vm-web-${String(index).padStart(2, '0')}`;
      host.startSession({
        id: `web-${index}`,
        vm,
        login: 'deploy',
        protocol: 'ssh',
        ageMs: hourMs - index * 60_000,
      });
    }
    const startedAt = Date.now() - 2 * hourMs;
    for (const id of ['left-1', 'left-2', 'left-3']) {
      host.startSession({ id, vm: 'vm-db-1', login: 'dba', protocol: 'rdp', startedAt });
    }
    await world.startBot({ ...quickPolicy, rules: [{ name: 'everything', warnAfter: '9d' }] });
    alice = world.slack.as('U0ALICE');
    bob = world.slack.as('U0BOB');
    await untilListed();
  }, 60_000);

  afterAll(async () => world.stop());

  /** The bot needs a moment to find the host and read it. */
  async function untilListed(): Promise<void> {
    await eventuallyTyped('all sessions are listed', async () =>
      textOf(await listed(''), alice).includes('27 sessions'),
    );
  }

  async function listed(typed: string): Promise<Message> {
    await alice.command(`/bastion sessions ${typed}`);
    return alice.nextEphemeral();
  }

  async function after(act: Promise<unknown>, reads: RegExp): Promise<Message> {
    await act;
    return world.slack.changes.until(
      () => alice.ephemerals.find((message) => reads.test(textOf(message, alice))),
      `a list that reads ${String(reads)}`,
    );
  }

  async function formThat(reads: (view: View) => boolean): Promise<View> {
    return world.slack.changes.until(
      () => (alice.modal && reads(alice.modal) ? alice.modal : undefined),
      'the form',
    );
  }

  const labels = (view: View) =>
    listField(view.content, 'blocks').map((block) => textField(field(block, 'label'), 'text') ?? '');
  const groupAt = (view: View, label: RegExp) => labels(view).find((each) => label.test(each)) ?? '';
  const rowOf = (view: View, label: RegExp, index: number) => {
    const block = listField(view.content, 'blocks').find((each) =>
      label.test(textField(field(each, 'label'), 'text') ?? ''),
    );
    const option = listField(field(block, 'element'), 'options')[index];
    return textField(field(option, 'text'), 'text') ?? '';
  };

  it('shows what a forgiving filter asks for, through pages and Refresh', async () => {
    const list = await listed('VM:web  “deploy” hots:x');
    const text = textOf(list, alice);
    expect(text).toMatch(/24 of 27 sessions: deploy vm:web/);
    expect(text).toMatch(/Left out: hots:x\. Did you mean host:\?/);
    expect(text).toMatch(/page 1 of 3/);
    const second = await after(
      alice.press(list, 'Next page'),
      /page 2 of 3.*24 of 27 sessions: deploy vm:web/s,
    );
    const refreshed = await after(
      alice.press(second, 'Refresh'),
      /page 2 of 3.*24 of 27 sessions: deploy vm:web/s,
    );
    expect(textOf(refreshed, alice)).toMatch(/vm-web-10/);
  });

  it('names the command as the manifest calls it, also where a button names it', async () => {
    await alice.command('/bastion-prod hlep');
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(/Did you mean \/bastion-prod help\?/);
    await alice.press(await listed(''), 'Select several');
    const usual = await formThat(() => true);
    expect(JSON.stringify(usual.content)).toContain('As after /bastion sessions:');
    await alice.close(usual);
    await alice.command('/bastion-prod sessions');
    const list = await alice.nextEphemeral();
    await eventually('the other name is known', async () => {
      await alice.press(list, 'Select several');
      const form = await formThat(() => true);
      const said = JSON.stringify(form.content);
      await alice.close(form);
      return said.includes('As after /bastion-prod sessions:');
    });
  });

  it('tells from the row all that is known, with the way into the portal', async () => {
    const list = await listed('user:dba');
    expect(textOf(list, alice)).toMatch(/3 sessions of one tunnel, some may be left over/);
    await alice.press(list, 'Details');
    const details = await formThat(() => true);
    expect(JSON.stringify(details.content)).toContain('https://portal.azure.com/#resource/subscriptions/');
    expect(JSON.stringify(details.content)).toContain('2 other sessions with the same login');
    await alice.close(details);
  });

  it('ends what was picked over several pages, with one reason, one card and one message', async () => {
    const list = await listed('web');
    await alice.press(list, 'Select several');
    const first = await formThat((view) => groupAt(view, /^Sessions 1–10 of 24/) !== '');
    const [one, two] = [rowOf(first, /^Sessions 1–10/, 0), rowOf(first, /^Sessions 1–10/, 4)];
    await alice.press(first, 'Next page', undefined, { [groupAt(first, /^Sessions 1–10/)]: [one, two] });
    const second = await formThat((view) => groupAt(view, /^Picked 1–2/) !== '');
    expect([rowOf(second, /^Picked/, 0), rowOf(second, /^Picked/, 1)].sort()).toEqual([one, two].sort());
    const three = rowOf(second, /^Sessions 21/, 0);
    await alice.press(second, 'Refresh', undefined, { [groupAt(second, /^Sessions 21/)]: [three] });
    const third = await formThat((view) => groupAt(view, /^Picked 1–3/) !== '');
    await alice.submit(third, { Reason: 'maintenance tonight' });

    const card = await untilReads(world, 'C0APPROVE', bob, /maintenance tonight/);
    expect(textOf(card, bob)).toMatch(/To disconnect: 3 sessions/);
    for (const name of [one, two, three]) expect(textOf(card, bob)).toContain(name);
    await alice.press(card, 'Approve & disconnect');
    expect(textOf(await alice.nextEphemeral(), alice)).toMatch(
      /You cannot approve or deny this|You may not approve/,
    );
    expect(host.disconnects).toEqual([]);

    await bob.press(card, 'Approve & disconnect');
    const proven = await untilReads(world, 'C0APPROVE', bob, /3 gone/);
    expect(textOf(proven, bob)).not.toMatch(/\[Approve & disconnect\]/);
    expect(host.disconnects).toHaveLength(3);
    expect(new Set(host.disconnects).size).toBe(3);
    await world.slack.changes.until(
      () => alice.direct.find((message) => /3 gone/.test(textOf(message, alice))),
      'one message with all outcomes',
    );
    expect(alice.direct.filter(({ onlyFor }) => onlyFor === undefined)).toHaveLength(1);
    expect(world.slack.channel('C0APPROVE').messages).toHaveLength(1);
  });

  it('asks for a whole tunnel from its one row', async () => {
    const list = await listed('user:dba');
    await alice.press(list, 'Request disconnect');
    const form = await formThat((view) => /all of them end/.test(JSON.stringify(view.content)));
    await alice.submit(form, { reason: 'left over tunnels' });
    const card = await untilReads(world, 'C0APPROVE', bob, /left over tunnels/);
    expect(textOf(card, bob)).toMatch(/3 sessions of one tunnel/);
    await bob.press(card, 'Deny');
    await untilReads(world, 'C0APPROVE', bob, /Denied by/);
    expect(host.disconnects).toHaveLength(3);
  });

  it('says on top of the form what went wrong in it, and keeps the form', async () => {
    await alice.press(await listed('web'), 'Select several');
    const form = await formThat((view) => groupAt(view, /^Sessions 1–10/) !== '');
    const isSaid = (wanted: RegExp) => (view: View) => wanted.test(JSON.stringify(view.content));

    world.slack.fault({ method: 'views.update', instead: { error: 'internal_error' }, times: 1 });
    await alice.press(form, 'Next page');
    await alice.close(await formThat(isSaid(/Something went wrong/)));

    await world.redis.kill();
    await alice.press(form, 'Next page');
    await alice.close(await formThat(isSaid(/I cannot reach my memory/)));
    await world.redis.restart();
    await eventuallyTyped('it lists again', async () =>
      textOf(await listed('web'), alice).includes('vm-web-'),
    );

    await alice.press(form, 'Next page');
    const turned = await formThat((view) => groupAt(view, /^Sessions 21/) !== '');
    expect(alice.modals).toEqual([turned]);
  });
});
