export interface Scale {
  readonly top: number;
  /** From nothing to the top, in even steps. */
  readonly ticks: readonly number[];
}

const roundSteps = [1, 2, 5, 10];
const mostSteps = 4;

/** An axis in round numbers that reaches to the highest value, and counts in whole ones. */
export function scaleTo(highest: number): Scale {
  const wanted = Math.max(1, highest / mostSteps);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = power * (roundSteps.find((each) => each * power >= wanted) ?? 10);
  const steps = Math.max(1, Math.ceil(highest / step));
  return { top: step * steps, ticks: Array.from({ length: steps + 1 }, (_, index) => index * step) };
}
