import type { ChannelFailure } from '../../../src/ports/channel.ts';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { aHostState, aSession, aTrackedSession, minute } from '../../support/build.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import type { KeptChannel } from '../../support/kept-channel.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { settle } from '../../support/settle.ts';

interface World {
  readonly ports: MemoryPorts;
  /** Why Slack refuses posts in the approvals channel, while it does. */
  readonly approvals: { refuses?: ChannelFailure; tries: number };
}

export const archived = { ok: false, why: 'refused', code: 'is_archived' } as const;
export const asker = { id: 'U0ASKER' };
export const names = ['a', 'b'];

/** Two open sessions, and an approvals channel that takes no posts. */
export async function world(refuses: ChannelFailure = archived): Promise<World> {
  const bare = memoryPorts();
  const approvals: World['approvals'] = { refuses, tries: 0 };
  const channel: KeptChannel = {
    ...bare.channel,
    post: async (place, content) => {
      if (!('channel' in place) || place.channel !== 'C0APPROVE') return bare.channel.post(place, content);
      approvals.tries += 1;
      return approvals.refuses ?? bare.channel.post(place, content);
    },
  };
  const ports = { ...bare, channel };
  const trackedSessions = names.map((name) =>
    aTrackedSession({ ref: name, session: aSession({ sessionId: name, vm: { name: `vm-${name}` } }) }),
  );
  await remember(ports, aHostState({ trackedSessions }));
  return { ports, approvals };
}

export const ask = async (ports: MemoryPorts, ref = 'a', by = asker) =>
  askDisconnect(ports, { ref, by, reason: 'left open' });
export const requestOf = async ({ requests }: MemoryPorts, id = 'id-1') => requests.get(id);
export const told = ({ channel }: MemoryPorts) =>
  channel.messages.map(({ content, place }) => [content.card, 'user' in place ? place.user : place.channel]);
export const repaired = async ({ ports, approvals }: World) => {
  delete approvals.refuses;
  await settle(ports, 2 * minute);
};
