import type { Redis } from 'ioredis';
import { isLasting } from '../../src/domain/alerts/outage.ts';
import { isSilent } from '../../src/domain/alerts/silence.ts';
import { judgeCards } from './judge-cards.ts';
import { judgeClicks } from './judge-clicks.ts';
import { judgeDisconnects } from './judge-disconnects.ts';
import { judgeOrigins } from './judge-origins.ts';
import { judgeEndings, judgeSessions } from './judge-sessions.ts';
import { judgeLaterRecords } from './later-version.ts';
import type { Ledger } from './ledger.ts';
import { remember } from './remembered.ts';
import type { Stage } from './stage.ts';

export interface Verdict {
  readonly counts: Readonly<Record<Count, number>>;
  /** What exactly was wrong; empty where everything is as it should be. */
  readonly violations: readonly string[];
}

export const countNames = [
  'cards expected',
  'cards shown',
  'cards deleted by somebody, asking for nothing',
  'cards missing',
  'cards doubled',
  'doubled because the answer was lost',
  'cards stale',
  'disconnects expected',
  'disconnects sent',
  'disconnects wrong',
  'false endings',
  'sessions with a name behind them',
  'clicks',
  'clicks acknowledged without effect or answer',
] as const;
export type Count = (typeof countNames)[number];

/** Compares what Slack shows and what Azure received with what should be, now that everything has settled. */
export async function judgeStory(
  stage: Stage,
  ledger: Ledger,
  redis: Redis,
  history: boolean,
): Promise<Verdict> {
  const remembered = await remember(redis);
  const violations: string[] = [];
  const wrong = (kind: string, what: string) => void violations.push(`${kind}: ${what}`);
  const cards = judgeCards(stage, ledger, remembered, history, wrong);
  judgeSessions(stage, ledger, remembered, wrong);
  const named = judgeOrigins(remembered, wrong);
  for (const { hostName } of remembered.silences.filter(isSilent)) {
    wrong('stale', `${hostName} answers and is called silent`);
  }
  for (const { cause } of remembered.outages.filter(isLasting)) {
    wrong('stale', `an outage for ${cause} lasts, and every host answers`);
  }
  const disconnects = await judgeDisconnects(stage, ledger, remembered, redis, wrong);
  const endings = judgeEndings(stage, remembered, wrong);
  await judgeLaterRecords(stage, remembered, ledger.later, redis, wrong);
  const clicks = await judgeClicks(ledger, remembered, redis, wrong);
  for (const { reason } of ledger.asked.filter(({ isTaken }) => isTaken)) {
    if (!remembered.requests.some((request) => request.reason === reason)) {
      wrong('request lost', `the form with "${reason}" was taken, and there is no request`);
    }
  }
  return {
    counts: {
      ...cards,
      ...disconnects,
      'false endings': endings,
      'sessions with a name behind them': named,
      ...clicks,
    },
    violations,
  };
}
