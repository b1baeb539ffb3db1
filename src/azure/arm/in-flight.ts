import { limits } from './limits.ts';

/** Only answers of usual size may use these, so that a flood from one host leaves its neighbours readable. */
const keptBytes = limits.inFlightBytes / 4;

const held = new Map<AbortSignal, number>();
let allBytes = 0;

export function holdBytes(work: AbortSignal, bytes: number): boolean {
  const own = (held.get(work) ?? 0) + bytes;
  const most = own <= limits.usualBytes ? limits.inFlightBytes : limits.inFlightBytes - keptBytes;
  if (work.aborted || allBytes + bytes > most) return false;
  held.set(work, own);
  allBytes += bytes;
  return true;
}

export function releaseBytes(work: AbortSignal, bytes = Number.POSITIVE_INFINITY): void {
  const own = held.get(work) ?? 0;
  const released = Math.min(bytes, own);
  allBytes -= released;
  if (released < own) held.set(work, own - released);
  else held.delete(work);
}

export function bytesInFlight(): number {
  return allBytes;
}
