import type { AzureSimulator } from '../simulator/azure/azure-simulator.ts';
import { actInSlack } from './commands/acts.ts';
import { azureActs } from './commands/azure-acts.ts';
import type { Command } from './commands/command.ts';
import { readCommand } from './commands/command.ts';
import type { PlayedStory } from './page/page.ts';
import type { Outcome } from './story/story-player.ts';
import { storyPlayer } from './story/story-player.ts';
import { playStory } from './story/story.ts';
import type { Prompt } from './terminal/prompt.ts';
import type { Screen } from './terminal/screen.ts';
import { help, youDrive } from './terminal/words.ts';
import { everyHostReadAnew } from './world/readings.ts';
import { settled } from './world/settled.ts';
import type { DemoWorld } from './world/world.ts';

/** How long people get to read before the story goes on. */
const readingMs = 3500;

/** The story and whoever acts share the world: a typed line, or a deed at the page, ends the story. */
export interface Stage {
  readonly story: PlayedStory;
  /** `ended` by somebody who acts; where it got stuck it has said why. */
  play(): Promise<Outcome['is']>;
  /** Takes typed lines, one after the other; `mayBegin` holds them back. Resolves when there will be no more. */
  listen(mayBegin: Promise<unknown>): Promise<void>;
}

export function stageFor(world: DemoWorld, screen: Screen, prompt: Prompt, quit: () => void): Stage {
  const { azure, slack } = world;
  const azureDoes = azureActs(azure);
  const player = storyPlayer(async (show, signal) => {
    const tell = (words: string) => {
      screen.tell(words);
      show(words);
    };
    await playStory(world, { tell, pauseMs: prompt.isInteractive ? readingMs : 0, signal });
  });

  const play: Stage['play'] = async () => {
    const outcome = await player.play();
    if (outcome.is === 'stuck') screen.tell(`The story got stuck: ${outcome.why}`);
    return outcome.is;
  };
  const takeOver = () => {
    if (player.stop()) screen.tell(youDrive);
  };

  const carryOut = async (command: Command): Promise<void> => {
    switch (command.do) {
      case 'nothing':
        return;
      case 'help':
        return screen.answer(help);
      case 'hint':
        return screen.answer([command.words]);
      case 'quit':
        return quit();
      case 'story':
        return void (prompt.isInteractive ? play() : await play());
      case 'azure':
        screen.answer(azureDoes.carryOut(command));
        return prompt.isInteractive || command.azure === 'show' ? undefined : takenIn(azure);
      case 'type':
      case 'press':
      case 'fill':
      case 'submit':
      case 'close':
        return prompt.isInteractive
          ? actInSlack(world, command)
          : settled(slack, async () => actInSlack(world, command));
    }
  };

  const hear = async (line: string): Promise<void> => {
    const command = readCommand(line);
    if (!prompt.isInteractive) screen.echo(line);
    if (command.do !== 'nothing') takeOver();
    try {
      await carryOut(command);
    } catch (error) {
      screen.answer([messageOf(error)]);
    }
  };

  return {
    play,
    story: {
      get state() {
        return player.state;
      },
      play: () => void play(),
      stop: takeOver,
      subscribe: (listener) => player.subscribe(listener),
    },
    listen: async (mayBegin) => {
      let turn = mayBegin;
      await prompt.read((line) => {
        turn = turn.then(async () => hear(line));
      });
      await turn;
    },
  };
}

/** What is piped in does not wait for the next poll, so the demo does; a silent host is not waited for. */
async function takenIn(azure: AzureSimulator): Promise<void> {
  await everyHostReadAnew(azure, 6000).catch(() => undefined);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
