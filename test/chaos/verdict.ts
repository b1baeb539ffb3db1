import type { Redis } from 'ioredis';
import type { Alert } from '../../src/domain/alert.ts';
import type { Blindness } from '../../src/domain/blindness.ts';
import { isBlind } from '../../src/domain/blindness.ts';
import type { CardContent, CardKey } from '../../src/domain/card.ts';
import { cardsOfAlert, cardsOfBlindness, cardsOfRequest, stillAsks } from '../../src/domain/card.ts';
import type { DisconnectRequest } from '../../src/domain/disconnect.ts';
import { redisStores } from '../../src/redis/stores.ts';
import { cardMessage } from '../../src/slack/views/card.ts';
import { field } from '../simulator/slack/json.ts';
import type { Message } from '../simulator/slack/messages.ts';
import { keepingLog } from '../support/log.ts';
import { auditTrail } from '../support/trail.ts';
import { cardOf, isVisible, reads } from './cards-seen.ts';
import type { Ledger } from './ledger.ts';
import type { Stage } from './stage.ts';
import { warnAfterMs } from './stage.ts';

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
  'clicks',
  'clicks acknowledged without effect or answer',
] as const;
export type Count = (typeof countNames)[number];

/** A session open so long beyond its limit must have raised its alert, whatever went wrong meanwhile. */
const alertedWithinMs = 45_000;
/** Between the reading that shows a session and the call that ends it. */
const readToCallMs = 6000;
const resendAfterMs = 10_000;

interface Remembered {
  readonly alerts: readonly Alert[];
  readonly blindnesses: readonly Blindness[];
  readonly requests: readonly DisconnectRequest[];
}

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
  judgeSessions(stage, remembered, wrong);
  for (const { hostName } of remembered.blindnesses.filter(isBlind)) {
    wrong('stale', `${hostName} answers and is called blind`);
  }
  const disconnects = judgeDisconnects(stage, remembered, wrong);
  const endings = judgeEndings(stage, remembered, wrong);
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
      ...clicks,
    },
    violations,
  };
}

/** Everything in Redis, read as the bot reads it. */
async function remember(redis: Redis): Promise<Remembered> {
  const { alerts, blindnesses, requests } = redisStores({ redis, log: keepingLog().log });
  const idsOf = async (kind: string) =>
    (await redis.keys(`{bastion}:${kind}:*`)).map((key) => key.slice(`{bastion}:${kind}:`.length));
  return {
    alerts: await alerts.many(await idsOf('alert')),
    blindnesses: (
      await Promise.all((await idsOf('blindness')).map(async (id) => blindnesses.get(id)))
    ).filter((blindness) => blindness !== undefined),
    requests: (await Promise.all((await idsOf('request')).map(async (id) => requests.get(id)))).filter(
      (request) => request !== undefined,
    ),
  };
}

type Wrong = (kind: string, what: string) => void;

function judgeCards(
  { slack }: Stage,
  ledger: Ledger,
  { alerts, blindnesses, requests }: Remembered,
  history: boolean,
  wrong: Wrong,
) {
  const expected = [
    ...alerts.flatMap((alert) =>
      cardsOfAlert(alert).map((key) => ({
        key,
        content: { card: 'alert', alert, approval: 'required' } satisfies CardContent,
      })),
    ),
    ...blindnesses.flatMap((blindness) =>
      cardsOfBlindness(blindness).map((key) => ({
        key,
        content: { card: 'blindness', blindness } satisfies CardContent,
      })),
    ),
    ...requests.flatMap((request) =>
      cardsOfRequest(request).map((key) => ({
        key,
        content: {
          card: key.role === 'requester' ? 'outcome' : 'request',
          request,
        } satisfies CardContent,
      })),
    ),
  ];
  let shown = 0;
  let gone = 0;
  let missing = 0;
  let doubled = 0;
  let answerLost = 0;
  let stale = 0;
  for (const { key, content } of expected) {
    const name = nameOf(key);
    const posted = slack.messages.filter((message) => cardOf(message) === name);
    const visible = posted.filter(isVisible);
    const [first, ...others] = visible;
    if (!first) {
      const deleted = posted.find(({ channel, ts }) => ledger.deleted.has(`${channel}/${ts}`));
      // That somebody deleted a message is noticed at its next edit, and matters while it asks for something.
      if (deleted && (!stillAsks(content) || !wasEdited(slack, deleted))) {
        gone += 1;
        continue;
      }
      missing += 1;
      wrong('missing', `${name}, which should read "${cardMessage(content).text}"`);
      continue;
    }
    shown += 1;
    if (others.length > 0) {
      const calls = slack.requests.all.filter(
        ({ method, args }) =>
          method === 'chat.postMessage' && JSON.stringify(field(args, 'metadata')).includes(name),
      );
      const wasLost = !history && calls.length > 0;
      if (wasLost) answerLost += 1;
      else doubled += 1;
      const told = visible.map(({ ts, versions }) => `${ts} (${versions.length} versions)`).join(', ');
      const outcomes = calls.map(({ at, outcome }) => `${at} ${outcome ?? 'never answered'}`).join(', ');
      if (!wasLost) wrong('doubled', `${name}: ${told}; posts: ${outcomes}`);
    }
    const should = cardMessage(content).text;
    if (!visible.some((message) => reads(message) === should)) {
      stale += 1;
      wrong('stale', `${name} reads "${reads(first)}" and should read "${should}"`);
    }
  }
  const known = new Set(expected.map(({ key }) => nameOf(key)));
  for (const message of slack.messages.filter(isVisible)) {
    const name = cardOf(message);
    if (name !== undefined && !known.has(name)) wrong('unknown card', `${name} reads "${reads(message)}"`);
  }
  return {
    'cards expected': expected.length,
    'cards shown': shown,
    'cards deleted by somebody, asking for nothing': gone,
    'cards missing': missing,
    'cards doubled': doubled,
    'doubled because the answer was lost': answerLost,
    'cards stale': stale,
  };
}

/** Every session that was open for too long has one alert, which says whether it is open now. */
function judgeSessions({ azure }: Stage, { alerts }: Remembered, wrong: Wrong): void {
  const now = Date.now();
  for (const host of azure.hosts()) {
    const open = host.sessions();
    for (const { id, vm, startedAt } of open) {
      const raised = alerts.filter(({ session }) => session.sessionId === id);
      if (raised.length > 1) wrong('alerted twice', vm);
      if (raised.length === 0 && now - startedAt > warnAfterMs + alertedWithinMs) wrong('never alerted', vm);
      for (const { state } of raised) {
        if (state.is !== 'open') wrong('false state', `${vm} is open and its alert says ${state.is}`);
      }
    }
    for (const { session, state } of alerts) {
      if (host.endedAt.has(session.sessionId) && state.is !== 'ended') {
        wrong('stale', `${session.vm.name} has ended and its alert says ${state.is}`);
      }
    }
  }
}

function judgeDisconnects({ azure }: Stage, { requests }: Remembered, wrong: Wrong) {
  const calls = azure.requests
    .all(({ kind }) => kind === 'disconnect')
    .flatMap(({ at, body }) => {
      const ids = field(body, 'sessionIds');
      return Array.isArray(ids) ? ids.map((id) => ({ at, id: String(id) })) : [];
    });
  let bad = 0;
  const isWrong = (what: string) => {
    bad += 1;
    wrong('wrong disconnect', what);
  };
  const endedAt = (id: string) =>
    azure
      .hosts()
      .map((host) => host.endedAt.get(id))
      .find((at) => at !== undefined);
  for (const [index, { at, id }] of calls.entries()) {
    const allowed = requests.filter(
      ({ session, state }) => session.sessionId === id && 'calls' in state && 'decidedAt' in state,
    );
    if (allowed.length === 0) isWrong(`${id} was ended and nobody had approved it`);
    const before = calls.slice(0, index).filter((call) => call.id === id);
    const last = before.at(-1);
    if (last && at - last.at < resendAfterMs - 500) isWrong(`${id} again after ${at - last.at} ms`);
    const sent = allowed.reduce((sum, { state }) => sum + ('calls' in state ? state.calls : 0), 0);
    if (before.length >= sent) isWrong(`${id}: ${before.length + 1} calls, and ${sent} were stored`);
    const ended = endedAt(id);
    if (ended !== undefined && at - ended > readToCallMs) isWrong(`${id}, ${at - ended} ms after its end`);
  }
  const carried = requests.filter(({ state }) => 'calls' in state);
  for (const { id, session, state } of requests) {
    const isOver = endedAt(session.sessionId) !== undefined;
    if (state.is === 'gone' && !isOver) wrong('false ending', `request ${id} says gone and it is open`);
    const isExplained = state.is === 'not-sent' || state.is === 'still-there' || state.is === 'unproven';
    if (isExplained && !isOver) wrong('not ended', `request ${id} was approved: ${JSON.stringify(state)}`);
    if (state.is === 'pending' || state.is === 'approved' || state.is === 'sending') {
      wrong('unsettled', `request ${id} is still ${state.is}`);
    }
  }
  return {
    'disconnects expected': carried.length,
    'disconnects sent': calls.length,
    'disconnects wrong': bad,
  };
}

/** No message may ever have called a living session ended, not even for a moment. */
function judgeEndings({ azure, slack }: Stage, { alerts, requests }: Remembered, wrong: Wrong): number {
  const sessions = [
    ...alerts.map(({ id, session }) => ({ card: `alert/${id}`, session })),
    ...requests.map(({ id, session }) => ({ card: `request/${id}`, session })),
  ];
  let found = 0;
  for (const message of slack.messages) {
    const name = cardOf(message) ?? '';
    const session = sessions.find(({ card }) => name.startsWith(`${card}/`))?.session;
    const host = azure.hosts().find(({ id }) => id.toLowerCase() === session?.hostId);
    if (!session || !host) continue;
    const endedAt = host.endedAt.get(session.sessionId) ?? Infinity;
    for (const { at, text } of message.versions) {
      if (!/Ended|Gone, checked/.test(text) || at >= endedAt) continue;
      found += 1;
      wrong('false ending', `${session.vm.name} was open when a card read "${text}"`);
    }
  }
  return found;
}

async function judgeClicks(ledger: Ledger, { requests }: Remembered, redis: Redis, wrong: Wrong) {
  const trail = await auditTrail(redis);
  const deeds = { 'Approve & disconnect': 'approved', Deny: 'denied', 'Cancel request': 'cancelled' };
  let lost = 0;
  for (const { requestId, by, verb, isAcknowledged, isAnswered } of ledger.clicks) {
    const what = `disconnect-${deeds[verb]}`;
    const hasEffect = trail.some(
      (entry) => entry.requestId === requestId && entry.by === by && entry.what === what,
    );
    if (!isAcknowledged || isAnswered || hasEffect) continue;
    lost += 1;
    wrong('click lost', `"${verb}" by ${by} on request ${requestId}`);
  }
  for (const { id } of requests) {
    const decisions = trail.filter(
      ({ requestId, what }) => requestId === id && /-(?:approved|denied|cancelled|expired)$/.test(what),
    );
    if (decisions.length > 1) wrong('decided twice', `${id}: ${decisions.map(({ what }) => what).join()}`);
  }
  return {
    clicks: ledger.clicks.length,
    'clicks acknowledged without effect or answer': lost,
  };
}

/** Whether an edit was tried since it was deleted. */
function wasEdited({ requests }: Stage['slack'], { ts, deletedAt = 0 }: Message): boolean {
  return requests.all.some(
    ({ at, method, args }) => method === 'chat.update' && field(args, 'ts') === ts && at > deletedAt,
  );
}

function nameOf({ subject, id, role }: CardKey): string {
  return `${subject}/${id}/${role}`;
}
