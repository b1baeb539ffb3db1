import { z } from 'zod';
import type { LogProblem, LogStanding } from '../../../domain/origins/log-standing.ts';
import { exactly } from '../exactly.ts';
import { instant, text } from './fields.ts';
import { failureShape } from './hosts.ts';

const problemShape = exactly<LogProblem>()(
  z.discriminatedUnion('is', [
    z.object({ is: z.literal(['not-set', 'no-table', 'no-workspace', 'partial', 'too-many']) }),
    z.object({ is: z.literal('no-columns'), columns: z.array(text) }),
    z.object({ is: z.literal('unanswered'), failure: failureShape }),
  ]),
);

export const logStandingShape = exactly<LogStanding>()(
  z.object({
    askedAt: instant,
    allAskedAt: instant,
    hostsRead: z.int(),
    trouble: z.object({ since: instant, problem: problemShape }).exactOptional(),
  }),
);
