import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { bodyReader } from '../../../src/slack/wire/bodies.ts';

const limits = { bodyBytes: 40_000, allBodiesBytes: 100_000 };

describe('a body that nobody has verified', () => {
  it('is whole however it is cut into pieces', async () => {
    const read = bodyReader(limits);
    for (const [text, pieceBytes] of [
      ['grüße '.repeat(3000), 70],
      ['grüße '.repeat(100), 1],
    ] as const) {
      const stream = new PassThrough();
      const body = read(stream);
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += pieceBytes) stream.write(bytes.subarray(at, at + pieceBytes));
      stream.end();
      expect(await body).toEqual({ is: 'whole', bytes });
    }
  });

  it('is refused where it comes in crumbs, each of which would cost as much as a body', async () => {
    const stream = new PassThrough();
    const body = bodyReader(limits)(stream);
    for (let each = 0; each < 1001; each += 1) stream.write('x');
    expect(await body).toEqual({ is: 'in-crumbs' });
  });

  it('is refused where it is longer than one may be', async () => {
    const stream = new PassThrough();
    const body = bodyReader(limits)(stream);
    stream.write(Buffer.alloc(30_000));
    stream.write(Buffer.alloc(10_001));
    expect(await body).toEqual({ is: 'body-too-large' });
  });

  it('is cut off where its sender leaves or fails', async () => {
    const read = bodyReader(limits);
    const [left, failed] = [new PassThrough(), new PassThrough()];
    const bodies = [read(left), read(failed)];
    left.destroy();
    failed.destroy(new Error('reset'));
    expect(await Promise.all(bodies)).toEqual([{ is: 'cut-off' }, { is: 'cut-off' }]);
  });

  it('gives way to younger ones where all together need too much, and leaves them its room', async () => {
    const read = bodyReader(limits);
    const streams = Array.from({ length: 6 }, () => new PassThrough());
    const bodies = streams.map(async (stream) => read(stream));
    for (const stream of streams) {
      stream.write(Buffer.alloc(30_000));
      await new Promise(setImmediate);
    }
    for (const stream of streams) stream.end();
    const outcomes = (await Promise.all(bodies)).map(({ is }) => is);
    expect(outcomes).toEqual(['crowded-out', 'crowded-out', 'crowded-out', 'whole', 'whole', 'whole']);

    const next = new PassThrough();
    const body = read(next);
    next.end(Buffer.alloc(40_000));
    expect(await body).toMatchObject({ is: 'whole' });
  });
});
