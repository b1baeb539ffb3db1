/** How a session stands to the limit of its rule, in the order in which sessions need attention. */
export const attentions = ['over-limit', 'near-limit', 'none'] as const;
export type Attention = (typeof attentions)[number];

const nearFrom = 0.8;

/** `limitMs` is undefined where no rule takes the session. */
export function attentionOf(ageMs: number, limitMs: number | undefined): Attention {
  if (limitMs === undefined || ageMs < nearFrom * limitMs) return 'none';
  return ageMs >= limitMs ? 'over-limit' : 'near-limit';
}
