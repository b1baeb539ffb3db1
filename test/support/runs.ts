/** As many runs as a property is worth; in `npm run quick`, where a failure found later is no harm, a tenth of them. */
export function runs(wanted: number): { readonly numRuns: number } {
  return { numRuns: process.env['BASTION_TEST_QUICK'] === undefined ? wanted : Math.ceil(wanted / 10) };
}
