const passedOn = /^(PATH|HOME|LANG|LANGUAGE|LC_[A-Z]+)$/;

/** Hides this process's secrets from a child that a package starts; only while `start` runs, so it waits for nothing. @template T @param {() => T} start */
export function inBareEnvironment(start) {
  const own = process.env;
  process.env = Object.fromEntries(Object.entries(own).filter(([name]) => passedOn.test(name)));
  try {
    return start();
  } finally {
    process.env = own;
  }
}
