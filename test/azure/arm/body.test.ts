import { Readable } from 'node:stream';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import * as fc from 'fast-check';
import { bodyOf } from '../../../src/azure/arm/body.ts';
import { bytesInFlight, releaseBytes } from '../../../src/azure/arm/in-flight.ts';
import { runs } from '../../support/runs.ts';

const work = new AbortController().signal;

afterEach(() => releaseBytes(work));

async function read(bytes: Buffer, encoding?: string, pieceLength = bytes.length || 1): Promise<string> {
  const pieces = Array.from({ length: Math.ceil(bytes.length / pieceLength) }, (_, index) =>
    bytes.subarray(index * pieceLength, (index + 1) * pieceLength),
  );
  return bodyOf(
    {
      status: 200,
      headers: createHttpHeaders(encoding === undefined ? {} : { 'content-encoding': encoding }),
      request: createPipelineRequest({ url: 'https://management.azure.com' }),
      readableStreamBody: Readable.from(pieces),
    },
    work,
  );
}

describe('a body', () => {
  it('is the text that was sent, wherever it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 5 }),
        async (text, length) => {
          const whole = Buffer.from(text).toString();
          expect(await read(Buffer.from(text), undefined, length)).toBe(whole);
          expect(await read(gzipSync(text), 'gzip', length)).toBe(whole);
        },
      ),
      runs(50),
    );
  });

  it.each<[string, Buffer]>([
    ['gzip', gzipSync('{}')],
    ['GZIP', gzipSync('{}')],
    ['x-gzip', gzipSync('{}')],
    ['deflate', deflateSync('{}')],
    ['identity', Buffer.from('{}')],
  ])('is unpacked: %s', async (encoding, bytes) => {
    expect(await read(bytes, encoding)).toBe('{}');
  });

  it('may be none', async () => {
    expect(await read(Buffer.alloc(0))).toBe('');
    const request = createPipelineRequest({ url: 'https://management.azure.com' });
    expect(await bodyOf({ status: 204, headers: createHttpHeaders(), request }, work)).toBe('');
  });

  it.each<[string, Buffer]>([
    ['packed and cut off', gzipSync('{"value":[]}').subarray(0, 15)],
    ['not packed as it says', Buffer.from('{"value":[]}')],
  ])('%s is not understood', async (_name, bytes) => {
    await expect(read(bytes, 'gzip')).rejects.toMatchObject({
      failure: { kind: 'not-understood', what: 'a body that cannot be unpacked' },
    });
  });

  it('counts as it is unpacked', async () => {
    await read(gzipSync('x'.repeat(10_000)), 'gzip');
    expect(bytesInFlight()).toBe(10_000);
  });
});
