import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { pollHost } from '../../../src/usecases/hosts/poll-host.ts';
import { tellOutages } from '../../../src/usecases/hosts/tell-outages.ts';
import { aHost, aHostState, aPolicy, minute, noon } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

export const names = ['bastion-a', 'bastion-b', 'bastion-c', 'bastion-d'];
export const hosts = names.map((name) => aHost({ name }));
export const refused: AzureFailure = { kind: 'signed-out', because: 'refused' };

export async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts({ policy: aPolicy() });
  for (const host of hosts) await remember(ports, aHostState({ host, trackedSessions: [] }), []);
  answer(ports);
  ports.time.now = noon + minute;
  return ports;
}

export function fail(ports: MemoryPorts, failure: AzureFailure, which = hosts): void {
  for (const { id } of which) ports.bastion.answer(id, { ok: false, failure });
}

export function answer(ports: MemoryPorts, which = hosts): void {
  for (const { id } of which) ports.bastion.answer(id, { ok: true, sessions: [] });
}

/** Polls each host once, then lets a minute pass, with the round of outages and the sweep every two seconds. */
export async function minutes(
  ports: MemoryPorts,
  count: number,
  round: (ports: Ports) => Promise<void> = tellOutages,
) {
  for (let passed = 0; passed < count; passed += 1) {
    for (const { id } of hosts) {
      await pollHost(ports, id, { freshSince: ports.time.now, haste: 'background' });
    }
    for (let seconds = 0; seconds < 60; seconds += 2) {
      await round(ports);
      await deliverDue(ports);
      ports.time.now += 2000;
    }
  }
}

export async function deliverDue(ports: MemoryPorts): Promise<void> {
  for (const item of await ports.due.by(ports.time.now, 100)) {
    if (item.kind === 'card') await deliverCard(ports, item.key);
  }
}

export const shown = ({ channel }: MemoryPorts) => channel.messages.map(({ content }) => content);
