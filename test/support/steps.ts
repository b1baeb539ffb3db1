import { Session } from 'node:inspector';

/**
 * What `run` takes, in steps of the very code in src: how often each of its blocks is entered, as V8 counts it, and how
 * many characters and items the methods of the language go through for it. A regular expression counts as what it
 * reads if it never goes back: `test/regular-expressions.test.ts` proves that of each.
 */
export function stepsOf(run: () => unknown): number {
  const count = { steps: 0 };
  session ??= counting();
  // What was entered until now.
  blocksEntered(session);
  const restore = countMethods(count);
  try {
    run();
  } finally {
    restore();
  }
  return count.steps + blocksEntered(session);
}

let session: Session | undefined;

function counting(): Session {
  const opened = new Session();
  opened.connect();
  opened.post('Profiler.enable');
  opened.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  return opened;
}

/** Until then, all code of the process is slower. */
export function stopCounting(): void {
  session?.disconnect();
  session = undefined;
}

function blocksEntered(session: Session): number {
  let entered = 0;
  session.post('Profiler.takePreciseCoverage', (error, taken) => {
    if (error) throw new Error(error.message);
    for (const { url, functions } of taken.result) {
      if (!url.includes('/src/')) continue;
      for (const { ranges } of functions) for (const { count } of ranges) entered += count;
    }
  });
  return entered;
}

/** Of one call, made by `make`. Nothing in here may call what is counted. */
type Cost = (call: {
  readonly self: unknown;
  readonly given: readonly unknown[];
  readonly make: () => unknown;
}) => readonly [steps: number, answer: unknown];

const whole: Cost = ({ self, make }) => {
  const answer = make();
  return [lengthOf(self) + lengthOf(answer), answer];
};
const ofAnswer: Cost = ({ make }) => {
  const answer = make();
  return [lengthOf(answer), answer];
};
const ofGiven: Cost = ({ given, make }) => [lengthOf(given[0]), make()];
const one: Cost = ({ make }) => [1, make()];
/** The longest that any way to look for a text may take. */
const search: Cost = ({ self, given, make }) => {
  const answer = make();
  const from = typeof given[1] === 'number' ? given[1] : 0;
  const read = typeof answer === 'number' && answer >= 0 ? answer - from + 1 : lengthOf(self) - from;
  return [Math.max(1, read) * Math.max(1, typeof self === 'string' ? lengthOf(given[0]) : 1), answer];
};
const expression: Cost = ({ self, given, make }) => {
  const from = self instanceof RegExp && (self.global || self.sticky) ? self.lastIndex : 0;
  const answer = make();
  const isFound = typeof answer === 'object' && answer !== null && 'index' in answer && 0 in answer;
  const end = isFound ? Number(answer.index) + lengthOf(answer[0]) : lengthOf(given[0]);
  return [1 + Math.max(0, end - from), answer];
};

const ofText = new Map<PropertyKey, Cost>([
  ...['at', 'charAt', 'charCodeAt', 'codePointAt'].map((name) => [name, one] as const),
  ...['slice', 'substring'].map((name) => [name, ofAnswer] as const),
  ...['startsWith', 'endsWith'].map((name) => [name, ofGiven] as const),
  ...['indexOf', 'includes'].map((name) => [name, search] as const),
]);
const ofList = new Map<PropertyKey, Cost>([
  ...['at', 'push', 'pop', 'entries', 'keys', 'values'].map((name) => [name, one] as const),
  ...['indexOf', 'includes'].map((name) => [name, search] as const),
]);
const untouched: ReadonlySet<PropertyKey> = new Set(['constructor', 'toString', 'valueOf', Symbol.iterator]);

function countMethods(count: { steps: number }): () => void {
  const undo: (() => void)[] = [];
  const spy = (owner: object, name: PropertyKey, cost: Cost) => {
    const property = Object.getOwnPropertyDescriptor(owner, name);
    const method: unknown = property?.value;
    if (!property || !isFunction(method)) return;
    const counted = function (this: unknown, ...given: readonly unknown[]): unknown {
      const told = cost({ self: this, given, make: () => Reflect.apply(method, this, given) });
      count.steps += told[0];
      return told[1];
    };
    undo.push(() => Object.defineProperty(owner, name, property));
    Object.defineProperty(owner, name, { ...property, value: counted });
  };
  const iterators = [[][Symbol.iterator](), ''[Symbol.iterator](), ''.matchAll(/a/g)];
  const owners: readonly (readonly [object, ReadonlyMap<PropertyKey, Cost>, Cost])[] = [
    [String.prototype, ofText, whole],
    [Array.prototype, ofList, whole],
  ];
  for (const [owner, known, usual] of owners) {
    const names = Reflect.ownKeys(owner).filter((name) => !untouched.has(name));
    for (const name of names) {
      const cost = known.get(name) ?? usual;
      spy(owner, name, cost);
    }
  }
  spy(RegExp.prototype, 'exec', expression);
  for (const iterator of iterators) {
    const owner: unknown = Object.getPrototypeOf(iterator);
    if (typeof owner === 'object' && owner !== null) spy(owner, 'next', one);
  }
  return () => {
    for (const restore of undo) restore();
  };
}

function isFunction(value: unknown): value is (this: unknown, ...given: readonly unknown[]) => unknown {
  return typeof value === 'function';
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : 1;
}
