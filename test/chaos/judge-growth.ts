/** What was there at one moment; counts go by family, memory by replica. */
export interface Sample {
  readonly openSessions: number;
  /** Keys without an end. */
  readonly lasting: Counts;
  /** Of sets, hashes, sorted sets, lists and streams. */
  readonly members: Counts;
  /** Keys with an end, which may become as many as they like. */
  readonly passing: Counts;
  readonly residentBytes: Counts;
}
export type Counts = Readonly<Record<string, number>>;

export interface Growth {
  readonly what: string;
  readonly family: string;
  /** Means of the first and of the last third. */
  readonly first: number;
  readonly last: number;
  /** Up to this the last third explains itself; undefined where nothing is judged. */
  readonly most?: number;
  readonly grows: boolean;
}

/** Families that are cut at so many members and reach that only after a while. */
export type Caps = Readonly<Record<string, number>>;

const residentShare = 0.1;
/** So many standard errors apart, two means differ by more than what comes and goes. */
const certainty = 5;

/** Compares the first and the last third of what was seen after the warm-up. */
export function judgeGrowth(samples: readonly Sample[], caps: Caps = {}): readonly Growth[] {
  const third = Math.floor(samples.length / 3);
  if (third < 1) throw new Error(`${samples.length} samples have no thirds`);
  const thirds = [samples.slice(0, third), samples.slice(-third)] as const;
  const [openFirst, openLast] = thirds.map((some) => mean(some.map(({ openSessions }) => openSessions)));
  const share = openFirst ? (openLast ?? 0) / openFirst : 1;

  const rows = (what: string, of: (sample: Sample) => Counts, mostOf: MostOf) => {
    const families = [...new Set(samples.flatMap((sample) => Object.keys(of(sample))))].sort();
    return families.map((family) => {
      const [early, late] = thirds.map((some) => some.map((sample) => of(sample)[family] ?? 0));
      const [first, last] = [mean(early ?? []), mean(late ?? [])];
      const most = mostOf(family, early ?? [], late ?? []);
      return { what, family, first, last, ...(most !== undefined && { most }), grows: last > (most ?? last) };
    });
  };
  /** More sessions need more of everything that each of them has. */
  const explained: MostOf = (_, early, late) => {
    const expected = mean(early) * Math.max(1, share);
    const error = Math.sqrt(variance(early) / early.length + variance(late) / late.length);
    return expected + Math.max(1, certainty * error);
  };
  const explainedOrCut: MostOf = (family, early, late) =>
    Math.max(explained(family, early, late) ?? 0, caps[family] ?? 0);
  return [
    ...rows('keys without TTL', ({ lasting }) => lasting, explained),
    ...rows('members', ({ members }) => members, explainedOrCut),
    ...rows(
      'keys with TTL',
      ({ passing }) => passing,
      () => undefined,
    ),
    ...rows(
      'RSS',
      ({ residentBytes }) => residentBytes,
      (_, early) => mean(early) * (1 + residentShare),
    ),
  ];
}

type MostOf = (family: string, early: readonly number[], late: readonly number[]) => number | undefined;

function mean(all: readonly number[]): number {
  return all.length === 0 ? 0 : all.reduce((sum, each) => sum + each, 0) / all.length;
}

function variance(all: readonly number[]): number {
  const middle = mean(all);
  return mean(all.map((each) => (each - middle) ** 2));
}
