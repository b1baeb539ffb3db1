import { parseArgs } from 'node:util';

export interface DemoOptions {
  /** Ends when the story is told and everything typed was carried out. */
  readonly once: boolean;
  /** Whether the page is shown in the browser. */
  readonly open: boolean;
  /** Of the page; without it, any free one. */
  readonly port?: number;
}

const usage = 'npm run demo -- [--port N] [--no-open] [--once]';

/** Throws with a sentence that says what is wrong. */
export function readOptions(args: readonly string[]): DemoOptions {
  const { once, port, 'no-open': isQuiet } = parse(args);
  if (port !== undefined && !isPort(port)) throw new Error(`--port takes a number from 1 to 65535: ${usage}`);
  return { once, open: !isQuiet && !once, ...(port !== undefined && { port: Number(port) }) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        once: { type: 'boolean', default: false },
        'no-open': { type: 'boolean', default: false },
        port: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`, { cause: error });
  }
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}
