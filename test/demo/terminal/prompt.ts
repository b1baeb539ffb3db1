import { clearScreenDown, createInterface, cursorTo } from 'node:readline';

/** Where lines are typed, or piped in, while others are printed. */
export interface Prompt {
  /** A person types, at a terminal. */
  readonly isInteractive: boolean;
  /** Above what is being typed. */
  print(text: string): void;
  /** Lines count from now on. Resolves when there will be no more. */
  read(onLine: (line: string) => void): Promise<void>;
  close(): void;
}

export function openPrompt(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  onInterrupt: () => void,
): Prompt {
  const isInteractive = input.isTTY && output.isTTY;
  let lines: ReturnType<typeof createInterface> | undefined;
  return {
    isInteractive,
    print: (text) => {
      if (lines && isInteractive) {
        cursorTo(output, 0);
        clearScreenDown(output);
      }
      output.write(`${text}\n`);
      if (isInteractive) lines?.prompt(true);
    },
    read: async (onLine) =>
      new Promise((resolve) => {
        const opened = createInterface(
          isInteractive ? { input, output, prompt: '› ', terminal: true } : { input, terminal: false },
        );
        lines = opened;
        opened.on('SIGINT', onInterrupt);
        opened.on('line', (line) => {
          onLine(line);
          if (isInteractive) opened.prompt();
        });
        opened.once('close', () => {
          lines = undefined;
          resolve();
        });
        if (isInteractive) opened.prompt();
      }),
    close: () => lines?.close(),
  };
}
