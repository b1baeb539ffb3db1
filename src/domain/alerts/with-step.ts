import type { Alert } from './alert.ts';
import type { AlertStep, Handling } from './handling.ts';

export interface Handled {
  readonly next: Alert;
  readonly step: AlertStep;
}

const stepsKept = 30;

export function withStep(alert: Alert, handling: Handling, step: AlertStep): Handled {
  return { next: { ...alert, handling, steps: [...alert.steps, step].slice(-stepsKept) }, step };
}
