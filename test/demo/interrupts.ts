/** npm passes on what the terminal has sent to everybody already. */
const sameInterruptMs = 500;

/** Ctrl-C and the like: `stop` at the first, `leave` at the second. Returns what interrupts by hand. */
export function onInterrupts(stop: () => void, leave: () => void): () => void {
  let firstAt: number | undefined;
  const interrupt = () => {
    const now = performance.now();
    if (firstAt === undefined) {
      firstAt = now;
      stop();
    } else if (now - firstAt > sameInterruptMs) {
      leave();
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  return interrupt;
}
