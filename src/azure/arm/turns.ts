/** A body that only trickles in holds up the others for no longer than this. */
const longestTurnMs = 3000;

let last: Promise<void> = Promise.resolve();

/** Long bodies are read one after the other. Waits for the turn; what this returns ends it. */
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
