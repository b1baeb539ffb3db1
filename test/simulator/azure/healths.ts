/** What may be wrong with a host; a page without Node knows it as well. */
export const healths = ['well', 'silent', 'throttled', 'forbidden', 'other shape', 'boundless'] as const;
export type Health = (typeof healths)[number];
