import * as fc from 'fast-check';
import type { Home, Waiting } from '../../../src/domain/home/home.ts';
import type { AccessDenied } from '../../../src/domain/people/access.ts';
import { batchSize } from '../../../src/domain/requests/batch.ts';
import { aBatch } from '../../support/build.ts';
import * as some from './arbitrary.ts';

const few = <Item>(item: fc.Arbitrary<Item>, maxLength: number) =>
  fc
    .tuple(fc.array(item, { maxLength, size: 'max' }), fc.nat({ max: 5000 }))
    .map(([shown, more]) => ({ shown, count: shown.length + more }));

const waiting: fc.Arbitrary<Waiting> = fc.oneof(
  some.request.map((request) => ({ is: 'request' as const, request })),
  fc.record({
    is: fc.constant('batch' as const),
    batch: fc.record({ reason: some.foreignText }).map(aBatch),
    members: fc.array(some.request, { minLength: 1, maxLength: batchSize }),
  }),
);

const sights = fc.record({
  mine: few(some.row, 8),
  alerts: few(some.alert, 8),
  hosts: fc.array(
    fc.tuple(some.hostLine, fc.nat({ max: 50 })).map(([line, overLimit]) => ({ ...line, overLimit })),
    { maxLength: 100 },
  ),
  polling: some.polling,
  isDiscovered: fc.boolean(),
  problems: fc.array(fc.record({ scope: some.foreignText, failure: some.failure }), { maxLength: 100 }),
  offer: fc.constantFrom('required' as const, 'none' as const, 'off' as const),
});

export const someHome = (denied: fc.Arbitrary<AccessDenied>): fc.Arbitrary<Home> =>
  fc.record({ sights: fc.oneof(sights, denied), waiting: few(waiting, 5) }, { requiredKeys: ['sights'] });
