/** Epoch milliseconds. `Date.parse` alone takes nearly every number for a date: https://www.rfc-editor.org/rfc/rfc9110#name-date-time-formats */
export function httpDate(text: string | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return !Number.isNaN(at) && new Date(at).toUTCString() === text ? at : undefined;
}
