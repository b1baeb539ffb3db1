export function tunnelSentence(count: number): string {
  return `${count} sessions of one tunnel, some may be left over`;
}
