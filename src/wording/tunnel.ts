/** What several sessions that are alike are to people; without a full stop. */
export function tunnelSentence(count: number): string {
  return `${count} sessions of one tunnel, some may be left over`;
}
