/** A body that only trickles in holds up the others no longer. */
const longestTurnMs = 3000;

let last: Promise<void> = Promise.resolve();

/** Waits for the turn; call what it resolves with to end it. */
export async function turnForLongBody(): Promise<() => void> {
  const before = last;
  let end: () => void = () => undefined;
  last = new Promise((resolve) => {
    end = resolve;
  });
  await before;
  const timer = setTimeout(end, longestTurnMs).unref();
  return () => {
    clearTimeout(timer);
    setImmediate(end);
  };
}
