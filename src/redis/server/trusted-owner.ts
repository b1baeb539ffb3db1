/** Root can change everything here anyway, and some volumes show all files as root's. */
export function isTrusted({ uid }: { readonly uid: number }): boolean {
  return uid === process.getuid?.() || uid === 0;
}
