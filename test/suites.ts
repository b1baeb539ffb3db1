/**
 * Which command runs a test: what needs no server and no port, to run at every commit, and `wire`, which is everything
 * else: adapters, contracts, the simulators, the shipped process, the page. `npm test` runs both.
 */
export const quick: readonly string[] = [
  'test/(architecture|sizes|suites|walls)\\.test',
  'test/(domain|usecases|wording|papers)/',
  'test/slack/(?!wire/|delivery/|people)',
];

export type Suite = 'quick' | 'wire';

export function isSuite(name: string | undefined): name is Suite {
  return name === 'quick' || name === 'wire';
}

/** What to tell Jest. */
export function jestArguments(suite: Suite): readonly string[] {
  if (suite === 'quick') return quick;
  return quick.map((pattern) => `--testPathIgnorePatterns=<rootDir>/${pattern}`);
}
