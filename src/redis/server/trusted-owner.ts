/** This user, or root, who can change everything here anyway: some volumes show all their files as root's. */
export function isTrusted({ uid }: { readonly uid: number }): boolean {
  return uid === process.getuid?.() || uid === 0;
}
