/** What an answer of Slack's is wanted for: to decide whether somebody may do something, or to show something. */
export type Purpose = 'deciding' | 'showing';

export interface DecidingAge {
  readonly membersMs: number;
  readonly personMs: number;
}

const groupsAskedInTime = 3;

/** Slack tells members twenty times a minute: of more groups than three each can be asked only so much more rarely. */
export function decidingAge(groups: number): DecidingAge {
  const membersMs = Math.min(60_000, Math.ceil(10_000 * Math.max(1, groups / groupsAskedInTime)));
  return { membersMs, personMs: 60_000 };
}
