import { createRequire } from 'node:module';
import { isIn } from './suites.js';

// Required, because its types are those of its CommonJS half.
const { default: TestSequencer } = /** @type {typeof import('@jest/test-sequencer')} */ (
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what it has types for
  createRequire(import.meta.url)('@jest/test-sequencer')
);

// oxlint-disable-next-line import/no-default-export -- so Jest wants it
export default class Sequencer extends TestSequencer {
  /**
   * The longest first; then those that wait for other processes evenly among those that keep a core busy.
   *
   * @override
   * @param {Parameters<InstanceType<typeof TestSequencer>['sort']>[0]} tests
   */
  async sort(tests) {
    const sorted = await super.sort(tests);
    const first = sorted.filter(({ path }) => isIn('chaos', path));
    const waiting = sorted.filter(({ path }) => isIn('wire', path));
    const busy = sorted.filter((test) => !first.includes(test) && !waiting.includes(test));
    return [...first, ...mixed(waiting, busy)];
  }
}

/**
 * @template T
 * @param {(readonly T[])[]} lists
 * @returns {T[]}
 */
function mixed(...lists) {
  return lists
    .flatMap((list) => list.map((item, index) => ({ item, at: (index + 0.5) / list.length })))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
