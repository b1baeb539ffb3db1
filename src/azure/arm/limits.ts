/** An answer beyond any of these is not understood. */
export const limits = {
  bodyBytes: 8 * 2 ** 20,
  /** Of all bodies in work in this process. */
  inFlightBytes: 64 * 2 ** 20,
  usualBytes: 256 * 1024,
  jsonLevels: 64,
  /** Parsing takes time by the value; 5,000 sessions of twenty fields are so many. */
  jsonValues: 100_000,
  /** Of one list; also addresses that one operation names in turn. */
  pages: 20,
  sessionsPerHost: 5000,
} as const;
