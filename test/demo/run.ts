import { rmSync } from 'node:fs';
import type { Bot } from '../support/bot.ts';
import { ensureRedisServer } from '../support/install-redis.ts';
import { makeHome } from './home.ts';
import { onInterrupts } from './interrupts.ts';
import { openBrowser } from './open-browser.ts';
import type { DemoOptions } from './options.ts';
import { readOptions } from './options.ts';
import type { Bundle } from './page/bundle.ts';
import { bundle } from './page/bundle.ts';
import type { Page } from './page/page.ts';
import { startPage } from './page/page.ts';
import type { Stage } from './stage.ts';
import { stageFor } from './stage.ts';
import { paintFor } from './terminal/paint.ts';
import { openPrompt } from './terminal/prompt.ts';
import { screenFor } from './terminal/screen.ts';
import { sightLines } from './terminal/sight-lines.ts';
import { trackSights } from './terminal/sights.ts';
import { introduction, yourTurn } from './terminal/words.ts';
import { people } from './world/cast.ts';
import { startLife } from './world/life.ts';
import type { DemoWorld } from './world/world.ts';
import { startDemoWorld } from './world/world.ts';

const startedAt = performance.now();
const stopping = new AbortController();
const interrupted = new Promise<void>((resolve) => {
  stopping.signal.addEventListener('abort', () => resolve(), { once: true });
});
let bot: Bot | undefined;

const stop = () => stopping.abort();
const interrupt = onInterrupts(stop, () => process.exit(130));
process.stdout.on('error', stop);

/** Plays until it is over or interrupted, and ends the process. The bot starts once it is built. */
export async function runDemo(built: Promise<unknown>): Promise<never> {
  try {
    process.exitCode = await play(built);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
  process.exit();
}

/** The exit code. */
async function play(built: Promise<unknown>): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  const files = bundle();
  await ensureRedisServer();
  const home = makeHome();
  process.once('exit', () => {
    void bot?.kill();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  const world = await startDemoWorld(home, (launched) => (bot = launched), built);
  const ends = [show(world, options, files), botEnds(world.broken), interrupted.then(() => 0)];
  const code = await Promise.race(ends).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
  stop();
  process.stdout.write('\nStopping the bot and its Redis… ');
  await world.stop();
  process.stdout.write('done, nothing is left behind.\n');
  return code;
}

/** Until the story is over and nothing more is typed; without `once`, for ever. */
async function show(world: DemoWorld, { once, open, port }: DemoOptions, files: Bundle): Promise<number> {
  const prompt = openPrompt(process.stdin, process.stdout, interrupt);
  stopping.signal.addEventListener('abort', () => prompt.close());
  const screen = screenFor(paintFor(process.stdout), (text) => {
    if (!stopping.signal.aborted) prompt.print(text);
  });
  const stage = stageFor(world, screen, prompt, stop);
  const page = await openPage(world, stage, files, port);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  screen.answer([...introduction(world.azure, page.url, world.bot.adminUrl), `Ready after ${seconds} s.`]);
  trackSights(
    world.slack,
    people.map(({ name }) => world.person(name)),
    (sight) => screen.show(sightLines(sight, world.slack, world.person('alice'))),
  );
  startLife(world.azure, (what) => screen.mention(what));
  if (open) openBrowser(page.url);

  const playing = stage.play().then((outcome) => {
    if (outcome === 'told' && !once) screen.answer(yourTurn);
    return outcome;
  });
  await stage.listen(prompt.isInteractive ? Promise.resolve() : playing);
  if (once) return (await playing) === 'stuck' ? 1 : 0;
  await interrupted;
  return 0;
}

async function openPage(
  world: DemoWorld,
  { story }: Stage,
  files: Bundle,
  port: number | undefined,
): Promise<Page> {
  try {
    return await startPage({
      files,
      slack: world.slack,
      azure: world.azure,
      parts: Object.fromEntries(people.map(({ id, part }) => [id, part])),
      story,
      restartBot: async () => world.restartBot(),
      ...(port !== undefined && { port }),
    });
  } catch (error) {
    const isBusy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isBusy) throw error;
    throw new Error(
      `Port ${String(port)} is in use already: end what listens there, or choose another with --port.`,
      { cause: error },
    );
  }
}

/** Says what its last words were. */
async function botEnds(broken: Promise<Bot>): Promise<number> {
  const { exited, log, output } = await broken;
  const code = await exited;
  const words = [output(), ...log.slice(-10).map((line) => JSON.stringify(line))];
  console.error(`\nThe bot ended by itself, with ${String(code)}. Its last words:\n${words.join('\n')}`);
  return 1;
}
