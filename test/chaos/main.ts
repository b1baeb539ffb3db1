import { parseArgs } from 'node:util';
import { playFifty } from './fifty.ts';
import type { RoundResult } from './round.ts';
import { playRound } from './round.ts';
import { playSoak, table } from './soak.ts';
import { upheavalNames } from './upheavals.ts';
import { countNames } from './verdict.ts';
import { weatherNames } from './weather.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 1_000_000)) },
    kills: { type: 'string', default: '100' },
    worlds: { type: 'string', default: '1' },
    /** The longest that one story lasts. */
    seconds: { type: 'string', default: '120' },
    hosts: { type: 'string', default: '3' },
    history: { type: 'boolean', default: true },
    /** So many times fifty people approve at once; instead of a story. */
    fifty: { type: 'string' },
    /** So long a busy life without accidents; instead of a story. */
    soak: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '30' },
  },
  allowNegative: true,
});
const seed = Number(values.seed);
const { history } = values;
/** A story with more kills than this takes long to settle and longer to understand. */
const killsPerRound = 60;

let killsLeft = Number(values.kills);
let nextSeed = seed;
const results: RoundResult[] = [];

async function playAway(): Promise<void> {
  do {
    const own = nextSeed;
    nextSeed += 1;
    const kills = Math.min(killsPerRound, killsLeft);
    killsLeft -= kills;
    const result = await playRound({
      seed: own,
      kills,
      seconds: Number(values.seconds),
      hosts: Number(values.hosts),
      history,
      tell: (line) => console.log(line),
    });
    killsLeft += kills - Math.min(kills, result.kills);
    results.push(result);
    for (const violation of result.violations) console.log(`seed ${own}: ${violation}`);
    if (result.violations.length > 0) {
      console.log(
        `again: npm run chaos -- --seed ${own} --kills ${kills} --seconds ${values.seconds} --hosts ${values.hosts}`,
      );
    }
  } while (killsLeft > 0);
}

if (values.fifty !== undefined) {
  const { rounds, disconnects, notes, violations } = await playFifty(Number(values.fifty));
  console.log(`50 approve at once, ${rounds} times: ${disconnects} disconnects, ${notes} private notes`);
  for (const violation of violations) console.log(violation);
  process.exit(violations.length === 0 ? 0 : 1);
}
if (values.soak) {
  const { growths, violations } = await playSoak({
    seed,
    minutes: Number(values.minutes),
    hosts: Number(values.hosts),
    history,
    tell: (line) => console.log(line),
  });
  const leaks = growths.filter(({ grows }) => grows);
  for (const line of [...table(growths), ...violations]) console.log(line);
  console.log(`\nseed ${seed}: ${leaks.length} of ${growths.length} families grow`);
  process.exit(leaks.length + violations.length === 0 ? 0 : 1);
}
await Promise.all(Array.from({ length: Number(values.worlds) }, playAway));
const rows = [
  ['kills', sum((result) => result.kills)],
  ...[...weatherNames, ...upheavalNames].map(
    (name) => [name, sum(({ faults }) => faults.get(name) ?? 0)] as const,
  ),
  ['polls', sum(({ polls }) => polls)],
  ['faulty polls', sum(({ faultyPolls }) => faultyPolls)],
  ...countNames.map((name) => [name, sum(({ counts }) => counts[name])] as const),
  ['violations', sum(({ violations }) => violations.length)],
] as const;
console.log(`\nseed ${seed}, ${history ? 'with' : 'without'} the history scopes`);
for (const [name, count] of rows) console.log(`${name.padEnd(46)} ${String(count).padStart(7)}`);
process.exitCode = results.some(({ violations }) => violations.length > 0) ? 1 : 0;

function sum(of: (result: RoundResult) => number): number {
  return results.reduce((total, result) => total + of(result), 0);
}
