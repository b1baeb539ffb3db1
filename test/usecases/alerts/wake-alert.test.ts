import { describe, expect, it } from '@jest/globals';
import { advanceAlert } from '../../../src/usecases/alerts/advance-alert.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { aHost, aTrackedSession, hour, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts } from '../../support/memory-ports.ts';
import { audited, click, handlingOf, snooze, world } from './handled.ts';

describe('the end of a snooze', () => {
  async function snoozed(): Promise<MemoryPorts> {
    const ports = await world();
    await click(ports, snooze);
    return ports;
  }

  async function readAt(ports: MemoryPorts, at: number): Promise<void> {
    const hostState = await ports.hostStates.get(aHost().id);
    if (hostState) await ports.hostStates.save(hostState, { ...hostState, readAt: at, triedAt: at }, []);
  }

  it('waits for the first reading after the bot was off, and says nothing of a session that is over', async () => {
    const ports = await snoozed();
    ports.time.now = noon + 24 * hour;
    await advanceAlert(ports, 'alert-1');
    expect(await handlingOf(ports)).toMatchObject({ is: 'snoozed' });
    await pollHost(ports, aHost().id, { freshSince: ports.time.now, haste: 'background' });
    await advanceAlert(ports, 'alert-1');
    expect(audited(ports).map(([what]) => what)).toEqual(['alert-snoozed']);
  });

  it('says that its host is silent, and once that answers, that the session is open', async () => {
    const ports = await snoozed();
    ports.bastion.answer(aHost().id, { ok: false, failure: { kind: 'timed-out' } });
    ports.time.now = noon + hour;
    await pollHost(ports, aHost().id, { freshSince: ports.time.now, haste: 'background' });
    await advanceAlert(ports, 'alert-1');
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      handling: { is: 'woken' },
      state: { is: 'unconfirmed' },
      seenAt: noon,
    });
    ports.bastion.answer(aHost().id, { ok: true, sessions: [aTrackedSession().session] });
    ports.time.now = noon + hour + minute;
    await pollHost(ports, aHost().id, { freshSince: ports.time.now, haste: 'background' });
    expect(await ports.alerts.get('alert-1')).toMatchObject({
      handling: { is: 'woken' },
      state: { is: 'open' },
    });
  });

  it('is noticed at its moment, once, whichever worker advances it', async () => {
    const ports = await snoozed();
    await advanceAlert(ports, 'alert-1');
    expect(await handlingOf(ports)).toMatchObject({ is: 'snoozed' });
    ports.time.now = noon + hour;
    await readAt(ports, noon + hour);
    expect(await ports.due.by(ports.time.now, 10)).toContainEqual({ kind: 'alert', id: 'alert-1' });
    await Promise.all([advanceAlert(ports, 'alert-1'), advanceAlert(ports, 'alert-1')]);
    expect(await handlingOf(ports)).toMatchObject({ is: 'woken', by: 'U0ALICE' });
    expect(audited(ports).slice(1)).toEqual([['alert-woken', 'bastion-bot', undefined]]);
    const keys = ports.jobs.enqueued.flatMap((item) => (item.kind === 'card' ? [item.key] : []));
    expect(keys.at(-1)).toEqual({ card: 'alert-wake', id: 'alert-1', at: noon + hour });
    expect(await ports.due.by(noon + 9 * hour, 10)).not.toContainEqual({ kind: 'alert', id: 'alert-1' });
  });

  it('says nothing of an alert that nothing is kept of', async () => {
    const ports = memoryPorts();
    await advanceAlert(ports, 'alert-1');
    expect(ports.trail).toEqual([]);
  });
});
