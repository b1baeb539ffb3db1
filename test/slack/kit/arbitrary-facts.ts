import * as fc from 'fast-check';
import type { AzureFailure } from '../../../src/domain/hosts/azure-failure.ts';
import type { Origin } from '../../../src/domain/sessions/origin.ts';
import type { Session } from '../../../src/domain/sessions/session.ts';
import { anySign } from '../../support/any-sign.ts';
import { aSession, hour, noon } from '../../support/build.ts';

/** Everybody who may be mentioned: whoever else is, was smuggled in. */
export const known = ['U0ASKER', 'U0BOSS', 'U0OWNER', 'S0LEADS'];

/** Text as it may come from outside: what Slack would parse, what hides or reorders, and far too much of it. */
export const foreignText = fc.oneof(
  fc.string({ unit: anySign, maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    '',
    ' \n\t ',
    '<!channel> <@U0EVIL> <!subteam^S0EVIL>',
    '<https://evil.example|log in> https://evil.example mailto:a@evil.example',
    '@channel @here @everyone #general :tada: *bold* _it_ ~gone~ `code` ```block```',
    '&lt;!channel&gt; &amp;',
    'admin\u202Egnp.exe\u200B\u2066',
    'مدير-النظام',
    'line\r\nbreak\u2028and\u0000nul',
    '\uD83D lone \uDE00',
  ),
  fc.constantFrom('"', '\\', '&', '<', '👩‍🚒', 'é', 'm').map((one) => one.repeat(4000)),
);

export const instant = fc.oneof(
  fc.integer({ min: noon - 400 * 24 * hour, max: noon }),
  fc.constant(-62_135_596_800_000),
);

export const duration = fc.integer({ min: 0, max: 40 * 24 * hour });

const asLogged = fc.oneof(
  foreignText,
  fc.constantFrom(
    'fay@corp.example',
    'Fay@corp.example',
    '203.0.113.7',
    '2001:db8::7',
    '<mailto:a@evil.example>',
  ),
);

/** As the log may tell it: any of it missing, hostile, and by many. */
export const origin: fc.Arbitrary<Origin> = fc.record({
  known: fc.constantFrom('exact', 'likely', 'one-of'),
  candidates: fc.array(
    fc.record(
      { entraUser: asLogged, clientAddress: asLogged, userAgent: foreignText, tunnelId: foreignText },
      { requiredKeys: [] },
    ),
    { maxLength: 25, size: 'max' },
  ),
  isSoFar: fc.boolean(),
});

export const session: fc.Arbitrary<Session> = fc
  .record(
    {
      sessionId: foreignText,
      startedAt: instant,
      startedAtFrom: fc.constantFrom('given', 'duration', 'reading'),
      vm: fc.record(
        { name: foreignText, resourceId: foreignText, address: foreignText },
        { requiredKeys: ['name'] },
      ),
      vmLogin: foreignText,
      protocol: foreignText,
      resourceType: foreignText,
      clientAddress: foreignText,
      origin,
    },
    { requiredKeys: ['sessionId', 'startedAt', 'startedAtFrom', 'vm', 'vmLogin', 'protocol'] },
  )
  .map((overrides) => aSession(overrides));

export const failure: fc.Arbitrary<AzureFailure> = fc
  .tuple(
    fc.oneof(
      fc.record({ kind: fc.constant('forbidden' as const), action: foreignText }),
      fc.record({ kind: fc.constant('throttled' as const), retryAt: instant }),
      fc.record({ kind: fc.constant('not-understood' as const), what: foreignText }),
      fc.record({ kind: fc.constant('failed' as const), code: foreignText }),
      fc.record(
        {
          kind: fc.constant('signed-out' as const),
          because: fc.constantFrom('no-token', 'refused', 'same-token'),
        },
        { requiredKeys: ['kind'] },
      ),
      fc.record({
        kind: fc.constantFrom('host-gone', 'busy', 'locked', 'timed-out', 'unreachable', 'record-unreadable'),
      }),
    ),
    fc.option(foreignText),
  )
  .map(([why, reference]) => (reference === null ? why : { ...why, reference }));
