export interface Throttle {
  /** Takes one command of this person (`commandLimit`); false, with nothing taken, where that is too many by now. */
  takeCommand(person: string): Promise<boolean>;
}
