import { describe, expect, it } from '@jest/globals';
import { grouped } from '../../../src/domain/kit/grouped.ts';

describe('grouped', () => {
  it('puts together what has the same key, each where the first of it stood', () => {
    const words = ['vm', 'host', 'user', 'id', 'tags'];
    expect([...grouped(words, ({ length }) => length)]).toEqual([
      [2, ['vm', 'id']],
      [4, ['host', 'user', 'tags']],
    ]);
  });
});
