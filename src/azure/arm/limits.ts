/** What is taken of Azure's answers. One beyond any of these is not understood. */
export const limits = {
  bodyBytes: 8 * 2 ** 20,
  /** Of all bodies that somebody in this process still works on. */
  inFlightBytes: 64 * 2 ** 20,
  usualBytes: 256 * 1024,
  jsonLevels: 64,
  /** Parsing takes time by the value, not by the byte; 5,000 sessions of twenty fields are so many. */
  jsonValues: 100_000,
  /** Of one list; and addresses that one operation may name, one after the other, for its result. */
  pages: 20,
  sessionsPerHost: 5000,
} as const;
