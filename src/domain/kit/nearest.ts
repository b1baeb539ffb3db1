/** The known word that was probably meant: at most two letters off, and less than half of the word. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const lower = word.toLowerCase();
  const [best] = known
    .filter((candidate) => lower.length <= candidate.length + 4)
    .map((candidate) => ({ candidate, distance: editDistance(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= 2 && distance * 2 < candidate.length)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

function editDistance(from: string, to: string): number {
  const [letters, others] = [Array.from(from), Array.from(to)];
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: others.length + 1 }, (_, index) => index);
  for (const [i, letter] of letters.entries()) {
    const next = [i + 1];
    for (const [j, other] of others.entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1);
      const isSwap = letter === others[j - 1] && other === letters[i - 1];
      const swapped = isSwap ? (before[j - 1] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row.at(-1) ?? 0;
}
