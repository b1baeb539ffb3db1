import { styleText } from 'node:util';

type Colour = Parameters<typeof styleText>[0];

/** How wide lines may get, and colours where the terminal has them and nobody set NO_COLOR. */
export interface Paint {
  readonly width: () => number;
  (colour: Colour, text: string): string;
}

const widest = 100;
const usual = 80;

export function paintFor(stream: NodeJS.WriteStream): Paint {
  const paint = (colour: Colour, text: string) => styleText(colour, text, { stream });
  return Object.assign(paint, { width: () => Math.min(stream.columns || usual, widest) });
}

/** The text in lines of at most this width, broken between words but in no [button]; what follows the first is indented. */
export function wrapped(text: string, width: number, indent = ''): string[] {
  if (text.length <= width) return [text];
  const lines: string[] = [];
  let line = /^ */.exec(text)?.[0] ?? '';
  for (const word of text.match(/(?:\[[^[\]]*\]|[^ ])+/g) ?? []) {
    const gap = line.trim() === '' ? '' : ' ';
    if (gap !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else {
      line += `${gap}${word}`;
    }
  }
  return [...lines, line];
}

/** Without what a terminal would obey: names and reasons come from anywhere. */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]/gu, '·');
}
