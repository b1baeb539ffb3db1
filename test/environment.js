import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

/** Entered since the file that runs began. @type {Set<AsyncLocalStorage<unknown>>} */
const entered = new Set();
// oxlint-disable-next-line typescript/unbound-method -- called as a method of each storage below
const { run } = AsyncLocalStorage.prototype;

/**
 * @this {AsyncLocalStorage<unknown>}
 * @param {Parameters<typeof run>} given
 */
AsyncLocalStorage.prototype.run = function (...given) {
  entered.add(this);
  return run.apply(this, given);
};

/**
 * Jest runs the tests of each file in a storage of the file's own, which it leaves behind: before Node 24, each one
 * makes every promise of the files that come after it in the same process slower.
 */
// oxlint-disable-next-line import/no-default-export -- so Jest wants it
export default class Environment extends TestEnvironment {
  /** @override */
  async teardown() {
    await super.teardown();
    for (const storage of entered) storage.disable();
    entered.clear();
  }
}
