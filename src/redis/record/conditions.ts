/** All of them hold at the moment of the write, or nothing is written. */
export interface Condition {
  readonly check:
    'version' | 'free' | 'field' | 'member' | 'no-member' | 'scored' | 'value' | 'room' | 'unmarked';
  readonly key: string;
  readonly value: string | number;
  readonly after?: number;
  readonly upTo?: number;
}

/** 0: there is no record. */
export function atVersion(key: string, version: number): Condition {
  return { check: 'version', key, value: version };
}

export function isFree(key: string): Condition {
  return { check: 'free', key, value: '' };
}

export function hasField(key: string, field: string): Condition {
  return { check: 'field', key, value: field };
}

export function holds(key: string, value: string): Condition {
  return { check: 'value', key, value };
}

export function hasMember(key: string, member: string): Condition {
  return { check: 'member', key, value: member };
}

export function lacksMember(key: string, member: string): Condition {
  return { check: 'no-member', key, value: member };
}

/** A member of a sorted set whose score is within these bounds, inclusive. */
export function scoredFrom(
  key: string,
  member: string,
  { from, upTo }: { readonly from: number; readonly upTo: number },
): Condition {
  return { check: 'scored', key, value: member, after: from, upTo };
}

/** Fewer than `fewerThan` groups of a sorted set score later than `after`; what stands before its slash is a member's group. */
export function hasRoom(key: string, fewerThan: number, after: number): Condition {
  return { check: 'room', key, value: fewerThan, after };
}
