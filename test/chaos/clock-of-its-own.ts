import { readFileSync } from 'node:fs';

// Imported by a process before its program: its clock is off by as many milliseconds as the file beside this one says.
const trueNow = Date.now;
let offsetMs = 0;

function look(): void {
  try {
    offsetMs = Number(readFileSync(new URL('offset', import.meta.url), 'utf8'));
  } catch {
    // The process outlives its stage by a moment.
  }
}

look();
setInterval(look, 50).unref();
Date.now = () => trueNow() + offsetMs;
globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[], newTarget) => {
    const made: unknown = Reflect.construct(target, given.length === 0 ? [target.now()] : given, newTarget);
    if (!(made instanceof target)) throw new TypeError('what Date makes is no date');
    return made;
  },
});
