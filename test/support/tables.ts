/** The rows of all tables under a heading of a Markdown text, cell by cell, without heads. */
export function rowsOf(markdown: string, heading: string): readonly (readonly string[])[] {
  const section = markdown.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n');
  const rule = /^\| -+ /;
  return lines
    .filter((line, index) => line.startsWith('| ') && !rule.test(line) && !rule.test(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** Of these the ones that begin with a name in backticks, without code marks. */
export function rowsUnder(markdown: string, heading: string): readonly (readonly string[])[] {
  return rowsOf(markdown, heading)
    .filter(([first = '']) => first.startsWith('`'))
    .map((row) => row.map((cell) => cell.replaceAll('`', '')));
}
