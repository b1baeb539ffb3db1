import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import { handleAlert } from '../../../src/usecases/alerts/handle-alert.ts';
import { askDisconnect } from '../../../src/usecases/requests/ask-disconnect.ts';
import { askSeveral } from '../../../src/usecases/requests/ask-several.ts';
import { reviewBatch } from '../../../src/usecases/requests/review-batch.ts';
import { aHostState, anAlert, aSession, aTrackedSession } from '../../support/build.ts';
import { Died, dyingAt } from '../../support/calls.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';

const asker = { id: 'U0ASKER' };
const refs = ['a', 'b', 'c'];
const alert = anAlert({ version: 0 });

async function world(): Promise<MemoryPorts> {
  const ports = memoryPorts();
  const trackedSessions = refs.map((ref) =>
    aTrackedSession({ ref, session: aSession({ sessionId: ref, vmLogin: `login-${ref}` }) }),
  );
  await remember(ports, aHostState({ trackedSessions }), [alert]);
  return ports;
}

/** What a delivery asks for, and what somebody does after it that must stand. */
interface Case {
  readonly deliver: (ports: Ports) => Promise<{ readonly is: string }>;
  readonly before?: (ports: Ports) => Promise<unknown>;
  readonly undo: (ports: Ports) => Promise<unknown>;
  /** The entries that its effect makes. */
  readonly what: string;
  readonly entries: number;
}

async function denyAll(ports: Ports): Promise<void> {
  for (const request of await ports.requests.unsettled()) {
    const denied = { ...request, state: { is: 'denied', by: 'U0BOSS', at: ports.clock() } } as const;
    await ports.requests.save(denied, auditOfRequest(denied, ports.clock()));
  }
}

const askForAll = async (ports: Ports) => askSeveral(ports, { refs, by: asker, reason: 'maintenance' });
const handle = async (ports: Ports, what: 'acknowledge' | 'unacknowledge') =>
  handleAlert(ports, { alertId: alert.id, verb: { do: what }, by: asker });

const cases: Readonly<Record<string, Case>> = {
  'a request': {
    deliver: async (ports) => askDisconnect(ports, { ref: 'a', by: asker, reason: 'maintenance' }),
    undo: denyAll,
    what: 'disconnect-requested',
    entries: 1,
  },
  'a request for several': {
    deliver: askForAll,
    undo: denyAll,
    what: 'disconnect-requested',
    entries: 3,
  },
  'a decision on several': {
    before: askForAll,
    deliver: async (ports) => reviewBatch(ports, { id: 'id-1', verb: 'approve', by: { id: 'U0BOSS' } }),
    undo: async () => undefined,
    what: 'disconnect-approved',
    entries: 3,
  },
  'an acknowledgement': {
    deliver: async (ports) => handle(ports, 'acknowledge'),
    undo: async (ports) => handle(ports, 'unacknowledge'),
    what: 'alert-acknowledged',
    entries: 1,
  },
};

const deaths = Array.from({ length: 16 }, (_, call) => call).flatMap((call) =>
  (['before', 'after'] as const).map((when) => ({ call, when })),
);

describe.each(Object.entries(cases))(
  '%s that is delivered twice',
  (_, { deliver, before, undo, what, entries }) => {
    const delivered = async (ports: Ports) =>
      ports.deliveries.once('trigger', async () => (await deliver(ports)).is);
    const onRecord = ({ trail }: MemoryPorts) => trail.filter((entry) => entry.what === what).length;

    it('has one effect and one answer', async () => {
      const ports = await world();
      await before?.(ports);
      const first = await delivered(ports);
      await undo(ports);
      expect(await delivered(ports)).toEqual(first);
      expect(onRecord(ports)).toBe(entries);
    });

    it.each(deaths)('has its whole effect once, though cut off $when call $call', async ({ call, when }) => {
      const ports = await world();
      await before?.(ports);
      await delivered(dyingAt(ports, call, when)).catch((error: unknown) => {
        if (!(error instanceof Died)) throw error;
      });
      expect([0, entries]).toContain(onRecord(ports));
      if (onRecord(ports) > 0) await undo(ports);
      await delivered(ports);
      expect(onRecord(ports)).toBe(entries);
    });
  },
);
