const passedOn = /^(PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+)$/;

/** Starts a child without this process's secrets, for packages that take no environment; they hold as long as `start` runs, so it waits for nothing. @template T @param {() => T} start */
export function inBareEnvironment(start) {
  const own = process.env;
  process.env = Object.fromEntries(Object.entries(own).filter(([name]) => passedOn.test(name)));
  try {
    return start();
  } finally {
    process.env = own;
  }
}
