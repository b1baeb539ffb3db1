/** Of an error of the system, such as ENOENT; its text where it has none. */
export function codeOf(error: unknown): string {
  return typeof error === 'object' && error && 'code' in error ? String(error.code) : String(error);
}
