/**
 * Which command runs a test file: patterns of paths below `test`, of which just one fits each file.
 *
 * @type {Readonly<Record<'quick' | 'wire' | 'chaos', readonly string[]>>}
 */
export const suites = {
  /** What needs no server, no port and no other process: to run at every commit. */
  quick: [
    '(architecture|sizes|walls|suites|scripts|manifest|dockerfile)\\.test',
    '(domain|usecases|wording|papers)/',
    'slack/(?!wire/|delivery/|people)',
  ],
  /** The adapters, the shipped process and all around it. */
  wire: [
    '(app|azure|config|contract|jobs|net|ops|redis)/',
    'slack/(wire/|delivery/|people)',
    '(launch|e2e|attacks|demo|page|simulator)/',
    '(bill-of-materials|compiler|linear-time|regular-expressions)\\.test',
  ],
  /** Under kills and faults: a short story of those that `npm run chaos` plays. */
  chaos: ['chaos/'],
};

/**
 * As Jest takes them, of whole paths.
 *
 * @param {keyof typeof suites} suite
 */
export function patternsOf(suite) {
  return suites[suite].map((pattern) => `/test/${pattern}`);
}

/**
 * @param {keyof typeof suites} suite
 * @param {string} file
 */
export function isIn(suite, file) {
  return patternsOf(suite).some((pattern) => new RegExp(pattern).test(file));
}
