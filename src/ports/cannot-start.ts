/** Why the process cannot start, in words for the operator: what is wrong and what to do. Never holds a secret. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
