/** From Redis' TIME; to the microsecond, so that turns within one millisecond keep their order. */
export function milliseconds(time: unknown): number {
  const [seconds = Number.NaN, micros = 0] = Array.isArray(time) ? time.map(Number) : [];
  return seconds * 1000 + micros / 1000;
}
