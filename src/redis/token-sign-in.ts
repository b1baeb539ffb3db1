import type { Redis } from 'ioredis';
import type { AccessToken, AskToken } from '../ports/access-tokens.ts';
import type { Log } from '../ports/log.ts';
import { refusalIn } from './refusal.ts';
import { untilRenewalMs, untilRetryMs } from './renewal-times.ts';

export interface TokenSignInOptions {
  readonly user: string;
  readonly ask: AskToken;
  readonly clock: () => number;
  readonly log: Log;
  readonly untilRenewal?: typeof untilRenewalMs;
}

export interface TokenSignIn {
  /** Resolves once the first token came or failed. */
  readonly begun: Promise<void>;
  signature(): { readonly username: string; readonly password?: string };
  /** Covers every connection duplicated of this one too. */
  keep(redis: Redis): Redis;
  standing(): SignInStanding;
  stop(): void;
}

export interface SignInStanding {
  readonly expiresAt?: number;
  readonly trouble?: string;
}

/** A token refused right after it was given is refused for another reason. */
const betweenRefusalsMs = 30_000;

export function tokenSignIn(options: TokenSignInOptions): TokenSignIn {
  const { user, ask, clock, log, untilRenewal = untilRenewalMs } = options;
  /** Ended ones too: BullMQ connects them again. */
  const connections = new Set<Redis>();
  let held: AccessToken | undefined;
  let trouble: string | undefined;
  let inVain = 0;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let asking: Promise<void> | undefined;
  let refusedAt = Number.NEGATIVE_INFINITY;

  async function renew(insteadOf?: string): Promise<void> {
    const isUnderWay = asking !== undefined;
    asking ??= askOnce(insteadOf).finally(() => {
      asking = undefined;
    });
    await asking;
    // The run under way did not know which token is refused, and may have brought it again.
    if (isUnderWay && insteadOf !== undefined && insteadOf === held?.token && !isStopped)
      await renew(insteadOf);
  }

  async function askOnce(insteadOf?: string): Promise<void> {
    clearTimeout(timer);
    const answer = await ask(insteadOf);
    if (isStopped) return;
    if (answer.ok) {
      if (trouble !== undefined) log.info({}, 'Azure lets the bot sign in to Redis again');
      trouble = undefined;
      inVain = 0;
      const isNew = answer.token !== held?.token;
      if (isNew) take(answer);
      renewIn(untilRenewal({ lifeMs: answer.expiresAt - clock(), isNew, chance: Math.random() }));
    } else {
      if (trouble === undefined) log.warn({ why: answer.why }, 'Azure does not let the bot sign in to Redis');
      trouble = answer.why;
      inVain += 1;
      renewIn(untilRetryMs(inVain, Math.random()));
    }
  }

  function renewIn(ms: number): void {
    timer = setTimeout(() => void renew(), ms);
  }

  function take(token: AccessToken): void {
    held = token;
    for (const redis of connections) pass(redis, token.token);
  }

  /** A blocked connection signs in seconds later, once its call has ended. */
  function pass(redis: Redis, token: string): void {
    redis.options.password = token;
    if (redis.status === 'ready') redis.auth(user, token).catch((error: unknown) => onRefusal(error, token));
  }

  /** The server's word counts, whatever the clock here says of the token. */
  function onRefusal(error: unknown, token: string | undefined): void {
    const refusal = refusalIn(error);
    if ((refusal !== 'WRONGPASS' && refusal !== 'NOAUTH') || token !== held?.token) return;
    const now = performance.now();
    if (isStopped || now - refusedAt < betweenRefusalsMs) return;
    refusedAt = now;
    void renew(token);
  }

  function keep(redis: Redis): Redis {
    let signedWith = redis.options.password ?? undefined;
    connections.add(redis);
    const duplicate = redis.duplicate.bind(redis);
    redis.duplicate = (override) => keep(duplicate(override));
    redis.on('connecting', () => (signedWith = redis.options.password ?? undefined));
    redis.on('error', (error) => onRefusal(error, signedWith));
    // The connection sends its unanswered commands anew, an older token among them.
    redis.on('ready', () => held && pass(redis, held.token));
    return redis;
  }

  return {
    begun: renew(),
    signature: () => ({ username: user, ...(held && { password: held.token }) }),
    keep,
    standing: () => ({
      ...(held && { expiresAt: held.expiresAt }),
      ...(trouble !== undefined && { trouble }),
    }),
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
