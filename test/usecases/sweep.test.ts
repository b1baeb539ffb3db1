import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../src/domain/audit/entry.ts';
import { sweep } from '../../src/usecases/sweep.ts';
import { aHostState, aRequest, anAlert, noon } from '../support/build.ts';
import { memoryPorts, remember } from '../support/memory-ports.ts';

describe('sweep', () => {
  it('sets the worker on what is due, and on nothing before its time', async () => {
    const ports = memoryPorts();
    await sweep(ports);
    expect(ports.jobs.enqueued).toEqual([]);

    await remember(ports, aHostState(), [anAlert()]);
    const request = aRequest();
    await ports.requests.open(request, auditOfRequest(request, noon));
    await sweep(ports);
    const cards = [
      { kind: 'card', key: { card: 'alert', id: 'alert-1' } },
      { kind: 'card', key: { card: 'request', id: 'request-1' } },
    ];
    expect(ports.jobs.enqueued).toEqual(cards);

    ports.time.now = request.expiresAt;
    await sweep(ports);
    expect(ports.jobs.enqueued.slice(2)).toEqual([...cards, { kind: 'request', id: 'request-1' }]);
  });
});
