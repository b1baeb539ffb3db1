import * as fc from 'fast-check';
import type { AzureFailure } from '../../src/domain/hosts/azure-failure.ts';
import type { Session, StartSource } from '../../src/domain/sessions/session.ts';
import { anySign } from './any-sign.ts';
import { aSession, minute, noon } from './build.ts';

export const startSource = fc.constantFrom<StartSource>('given', 'duration', 'reading');

/** Few values, so that two of them are often alike. */
export const session: fc.Arbitrary<Session> = fc
  .record({
    sessionId: fc.constantFrom('', 'session-1', 'session-2', 'session-3'),
    startedAt: fc.integer({ min: 0, max: 20 }).map((halves) => noon - halves * 30_000),
    startedAtFrom: startSource,
    vm: fc.record({ name: fc.constantFrom('vm-1', 'vm-2') }),
    vmLogin: fc.constantFrom('', 'alice', 'bob'),
  })
  .map((fields) => aSession(fields));

export const failure: fc.Arbitrary<AzureFailure> = fc.constantFrom<AzureFailure>(
  { kind: 'forbidden', action: 'read' },
  { kind: 'signed-out' },
  { kind: 'signed-out', because: 'same-token' },
  { kind: 'host-gone' },
  { kind: 'throttled', retryAt: noon + minute },
  { kind: 'busy' },
  { kind: 'locked' },
  { kind: 'not-understood', what: 'a page of HTML' },
  { kind: 'timed-out' },
  { kind: 'unreachable' },
  { kind: 'unreachable', proxy: { is: 'refused', name: 'proxy.corp:3128', status: 407 } },
  { kind: 'failed', code: 'InternalServerError' },
  { kind: 'record-unreadable', reference: '0a1b2c3d' },
);

/** Full of what means something to matchers, paths and regular expressions. */
const tricky = String.raw`\ / .. . [ ] ( ) {a,b} ! ? + ^ $ | " @ # - a d s B`
  .split(' ')
  .concat(' ', '\n', '\u2028');

/** Whatever Azure or a person may send for a name. */
export const foreignText = fc.oneof(
  fc.string({ unit: anySign }),
  fc.array(fc.constantFrom(...tricky)).map((parts) => parts.join('')),
);
