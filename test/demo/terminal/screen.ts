import type { Paint } from './paint.ts';
import { harmless, wrapped } from './paint.ts';
import type { SeenLines } from './sight-lines.ts';

/** What is said about the demo, and what people see in it. */
export interface Screen {
  /** The storyteller. */
  tell(words: string): void;
  /** Something that happens by itself. */
  mention(words: string): void;
  /** What a command of the prompt answers. */
  answer(lines: readonly string[]): void;
  /** A line that was piped in. */
  echo(line: string): void;
  show(seen: SeenLines): void;
}

export function screenFor(paint: Paint, print: (text: string) => void): Screen {
  return {
    tell: (words) => {
      const lines = wrapped(words, paint.width()).map((line) => paint('yellow', line));
      print(`${lines.join('\n')}\n`);
    },
    mention: (words) => print(`${paint('dim', `~ ${harmless(words)}`)}\n`),
    echo: (line) => print(`› ${harmless(line)}`),
    answer: (lines) => {
      const width = paint.width() - 2;
      const all = lines.flatMap((line) => wrapped(harmless(line), width, indentOf(line)));
      print(`${all.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`);
    },
    show: ({ place, what, lines }) => {
      const time = new Date().toTimeString().slice(0, 8);
      const head = `  ${paint('bold', paint('cyan', place))} ${paint('dim', `· ${what} · ${time}`)}`;
      const width = paint.width() - 4;
      const body = lines.flatMap((line, index) =>
        wrapped(harmless(line), width, '  ').map(
          (part) => `  ${paint('cyan', '│')} ${dressed(part, index === 0, paint)}`,
        ),
      );
      print(`${[head, ...body].join('\n')}\n`);
    },
  };
}

function dressed(line: string, isFirst: boolean, paint: Paint): string {
  if (/^(…|no longer there:)/.test(line)) return paint('dim', line);
  if (isFirst) return paint('bold', line);
  return line.replaceAll(/\[[^[\]]+\]/g, (button) => paint('green', button));
}

function indentOf(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ''}  `;
}
