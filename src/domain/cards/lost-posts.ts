import type { Card, LostPost } from './card.ts';

const minuteMs = 60_000;
/** Slack may carry a post out long after it was asked to: what was not there at the first look is looked for again. */
const looksAgainAfterMs = minuteMs;
/** While Slack leaves posts unanswered nothing is posted a third time, for so long. */
const staysSilentForMs = 60 * minuteMs;
const pauseMs = { least: minuteMs / 2, most: 10 * minuteMs };
const keptAtMost = 8;

/** The card whose open post is given up. `now`: when it was looked for in vain, where that can be done. */
export function withLostPost({ posting, lost = [], ...card }: Card, now?: number): Card {
  if (!posting) return { ...card, lost };
  const post: LostPost = {
    ...posting,
    ...(now !== undefined && { lookAt: now + looksAgainAfterMs }),
  };
  return { ...card, lost: [...lost, post].slice(-keptAtMost) };
}

export function withoutLostPost({ lost = [], ...card }: Card, since: number): Card {
  const others = lost.filter((post) => post.since !== since);
  return others.length > 0 ? { ...card, lost: others } : card;
}

export function withUnreadablePost(card: Card, since: number): Card {
  const lost = (card.lost ?? []).map(({ lookAt, ...post }): LostPost =>
    post.since === since || lookAt === undefined ? post : { ...post, lookAt },
  );
  return { ...card, lost };
}

export function nextLook({ lost = [] }: Card): (LostPost & { readonly lookAt: number }) | undefined {
  return lost
    .flatMap(({ lookAt, ...post }) => (lookAt === undefined ? [] : [{ ...post, lookAt }]))
    .reduce<(LostPost & { lookAt: number }) | undefined>(
      (first, post) => (first && first.lookAt <= post.lookAt ? first : post),
      undefined,
    );
}

export function mayBeTwice({ lost = [] }: Card): boolean {
  return lost.some(({ lookAt }) => lookAt === undefined);
}

/** The first time at once; then only after Slack has answered another post to that channel, and ever less often. */
export function postsAgainAt(
  { posting, lost = [] }: Card,
  { answeredAt, now }: { readonly answeredAt: number | undefined; readonly now: number },
): number {
  if (!posting || lost.length === 0) return now;
  const { since } = posting;
  const isAnsweredAgain = answeredAt !== undefined && answeredAt >= since;
  return isAnsweredAgain ? since + restMs(lost.length) : since + staysSilentForMs;
}

export function restMs(lost: number): number {
  return lost === 0 ? 0 : Math.min(pauseMs.most, pauseMs.least * 2 ** lost);
}
