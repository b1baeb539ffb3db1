import { afterEach, describe, expect, it } from '@jest/globals';
import { bytesInFlight, holdBytes, releaseBytes } from '../../../src/azure/arm/in-flight.ts';

const megabyte = 2 ** 20;
const [flood, other, late] = [new AbortController(), new AbortController(), new AbortController()];

afterEach(() => {
  for (const { signal } of [flood, other, late]) releaseBytes(signal);
  if (bytesInFlight() !== 0) throw new Error('bytes are still held');
});

describe('bytes in flight', () => {
  it('are 64 MB and no more, a quarter of it for answers of usual size', () => {
    expect(holdBytes(flood.signal, 48 * megabyte)).toBe(true);
    expect(holdBytes(flood.signal, 1)).toBe(false);
    expect(holdBytes(other.signal, 300 * 1024)).toBe(false);
    expect(holdBytes(other.signal, 200 * 1024)).toBe(true);
    expect(holdBytes(other.signal, 100 * 1024)).toBe(false);
    expect(bytesInFlight()).toBe(48 * megabyte + 200 * 1024);
  });

  it('are free again when the work is over, once', () => {
    holdBytes(flood.signal, 48 * megabyte);
    holdBytes(other.signal, 1000);
    releaseBytes(flood.signal);
    releaseBytes(flood.signal, 48 * megabyte);
    expect(bytesInFlight()).toBe(1000);
    expect(holdBytes(flood.signal, 47 * megabyte)).toBe(true);
  });

  it('are free again for an answer that was not taken, and the others of the work stay', () => {
    holdBytes(flood.signal, 3 * megabyte);
    releaseBytes(flood.signal, 2 * megabyte);
    expect(bytesInFlight()).toBe(megabyte);
  });

  it('are not given to work that was called off', () => {
    late.abort();
    expect(holdBytes(late.signal, 1)).toBe(false);
  });
});
