import { describe, expect, it } from '@jest/globals';
import { runCommand } from '../../../src/slack/menu.ts';
import { sumRefusals } from '../../../src/usecases/audit/sum-refusals.ts';
import { reviewDisconnect } from '../../../src/usecases/requests/review-request.ts';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import { aPolicy, aRequest, aSession, minute, noon } from '../../support/build.ts';
import { commandLimit } from '../../../src/domain/people/haste.ts';
import type { MemoryPorts } from '../../support/memory-ports.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const asker = { id: 'U0ASKER' };

async function withRequests(overrides: Partial<MemoryPorts> = {}): Promise<MemoryPorts> {
  const ports = memoryPorts(overrides);
  for (const name of ['a', 'b']) {
    const session = aSession({ sessionId: name });
    const request = aRequest({ id: `request-${name}`, ref: name, session });
    await ports.requests.open(request, auditOfRequest(request, noon));
  }
  return ports;
}

const approve = async (ports: MemoryPorts, name: string) =>
  reviewDisconnect(ports, { id: `request-${name}`, verb: 'approve', by: asker });
const refusals = ({ trail }: MemoryPorts) => trail.filter(({ what }) => what.endsWith('-refused'));
const logged = ({ lines }: MemoryPorts) => lines.filter(({ event }) => event.startsWith('refused'));

describe('what is refused again and again', () => {
  it('is on record at once, and as one more entry with a count after a minute; the log says as much', async () => {
    const ports = await withRequests();
    for (const name of ['a', 'a', 'a', 'b']) {
      expect(await approve(ports, name)).toMatchObject({ is: 'refused', because: 'own-request' });
    }
    const kind = { by: 'U0ASKER', what: 'approve-refused', why: 'own-request' };
    const first = { ...kind, at: noon, requestId: 'request-a', session: { sessionId: 'a' } };
    expect(refusals(ports)).toMatchObject([first]);
    expect(logged(ports)).toHaveLength(1);
    await sumRefusals(ports);
    expect(refusals(ports)).toHaveLength(1);

    ports.time.now += minute;
    await sumRefusals(ports);
    await sumRefusals(ports);
    const others = {
      ...kind,
      at: noon + minute,
      count: 3,
      requestId: 'request-b',
      session: { sessionId: 'b' },
    };
    expect(refusals(ports)).toMatchObject([first, others]);
    expect(logged(ports)).toHaveLength(2);
  });

  it('is one of another kind where somebody has no right', async () => {
    const policy = aPolicy({ access: { view: ['everyone'], disconnect: ['everyone'], approve: [] } });
    const ports = await withRequests({ policy });
    for (const name of ['a', 'b']) expect(await approve(ports, name)).toMatchObject({ is: 'denied' });
    expect(refusals(ports)).toMatchObject([{ what: 'approve-refused', why: 'not-named' }]);
  });

  it('is told of commands that come too fast, too', async () => {
    const ports = memoryPorts();
    for (let index = 0; index < commandLimit.atOnce + 100; index += 1) {
      await runCommand(ports, { by: asker, command: '/bastion', text: 'help' });
    }
    ports.time.now += minute;
    await sumRefusals(ports);
    const kind = { by: 'U0ASKER', what: 'command-refused', why: 'too-fast' };
    expect(ports.trail).toEqual([
      { ...kind, at: noon },
      { ...kind, at: noon + minute, count: 99 },
    ]);
  });
});
