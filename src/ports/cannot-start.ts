/** Why the process cannot start, in words for whoever starts it: what is wrong and what to do. Never holds a secret. */
export class CannotStart extends Error {
  override readonly name: string = 'CannotStart';
}
