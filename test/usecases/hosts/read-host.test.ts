import { describe, expect, it } from '@jest/globals';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { ReadingResult } from '../../../src/domain/sessions/reading.ts';
import { readHost } from '../../../src/usecases/hosts/read-host.ts';
import { aHost, aHostState, minute, noon } from '../../support/build.ts';
import { memoryPorts } from '../../support/memory-ports.ts';

const second = 1000;
const fails = (failure: AzureFailure): ReadingResult => ({ ok: false, failure });
const shown: ReadingResult = { ok: true, sessions: [] };
const wanted = aHost();
const hostStateOf = (failure: AzureFailure, triedAt = noon) =>
  aHostState({ triedAt, failing: { since: noon, failure } });

describe('a reading that Azure asked to wait for', () => {
  it.each<AzureFailure>([
    { kind: 'throttled', of: 'host', retryAt: noon + minute },
    { kind: 'busy', retryAt: noon + minute },
    { kind: 'failed', code: 'ServiceUnavailable', retryAt: noon + minute },
  ])('is not asked for before its moment, whoever wants it: $kind', async (failure) => {
    const ports = memoryPorts();
    ports.bastion.answer(wanted.id, shown);
    for (const haste of ['background', 'waiting'] as const) {
      ports.time.now = noon + minute - 1;
      expect(await readHost(ports, hostStateOf(failure), haste)).toEqual(fails(failure));
      expect(ports.bastion.readings).toEqual([]);
    }
    ports.time.now = noon + minute;
    expect(await readHost(ports, hostStateOf(failure), 'background')).toEqual(shown);
  });

  it('is asked for at once where the clock was put back since', async () => {
    const ports = memoryPorts();
    ports.bastion.answer(wanted.id, shown);
    ports.time.now = noon - 5 * minute;
    const failure: AzureFailure = { kind: 'throttled', of: 'host', retryAt: noon + minute };
    expect(await readHost(ports, hostStateOf(failure), 'background')).toEqual(shown);
  });

  it('waits on every host of a subscription that is throttled, and on no other', async () => {
    const ports = memoryPorts();
    const neighbour = aHost({ name: 'neighbour' });
    const stranger = aHost({ name: 'stranger', subscriptionId: 'another' });
    const failure: AzureFailure = { kind: 'throttled', of: 'subscription', retryAt: noon + 20 * second };
    ports.bastion.answer(wanted.id, fails(failure));
    ports.bastion.answer(neighbour.id, shown);
    ports.bastion.answer(stranger.id, shown);
    await readHost(ports, aHostState(), 'background');
    ports.time.now = noon + 5 * second;
    expect(await readHost(ports, aHostState({ host: neighbour }), 'waiting')).toEqual(fails(failure));
    expect(await readHost(ports, aHostState({ host: stranger }), 'waiting')).toEqual(shown);
    ports.time.now = noon + 20 * second;
    expect(await readHost(ports, aHostState({ host: neighbour }), 'waiting')).toEqual(shown);
  });

  it('leaves the neighbours alone where one host is throttled', async () => {
    const ports = memoryPorts();
    const neighbour = aHost({ name: 'neighbour' });
    ports.bastion.answer(wanted.id, fails({ kind: 'throttled', of: 'host', retryAt: noon + minute }));
    ports.bastion.answer(neighbour.id, shown);
    await readHost(ports, aHostState(), 'background');
    expect(await readHost(ports, aHostState({ host: neighbour }), 'background')).toEqual(shown);
  });
});

describe('a reading of a Developer host', () => {
  const host = aHost({ sku: 'Developer' });

  it.each<[AzureFailure, AzureFailure]>([
    [
      { kind: 'failed', code: 'InternalServerError', reference: 'ref-7' },
      { kind: 'unsupported', code: 'DeveloperSku', reference: 'ref-7' },
    ],
    [
      { kind: 'not-understood', what: 'HTML' },
      { kind: 'unsupported', code: 'DeveloperSku' },
    ],
    [{ kind: 'timed-out' }, { kind: 'timed-out' }],
    [
      { kind: 'forbidden', action: 'read' },
      { kind: 'forbidden', action: 'read' },
    ],
  ])('that fails is its nature where an answer came: %j', async (failure, meant) => {
    const ports = memoryPorts();
    ports.bastion.answer(host.id, fails(failure));
    expect(await readHost(ports, aHostState({ host }), 'background')).toEqual(fails(meant));
  });

  it('is believed where it does list sessions', async () => {
    const ports = memoryPorts();
    ports.bastion.answer(host.id, shown);
    expect(await readHost(ports, aHostState({ host }), 'background')).toEqual(shown);
  });
});
