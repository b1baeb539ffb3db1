const passedOn = /^(PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+)$/;

/**
 * Starts a child without what is secret in this process's environment. For packages that take no environment for what
 * they start; it holds as long as `start` runs, so `start` waits for nothing.
 * @template T
 * @param {() => T} start
 * @returns {T}
 */
export function inBareEnvironment(start) {
  const own = process.env;
  process.env = Object.fromEntries(Object.entries(own).filter(([name]) => passedOn.test(name)));
  try {
    return start();
  } finally {
    process.env = own;
  }
}
