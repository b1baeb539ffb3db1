import { once } from 'node:events';
import { menuEntries } from '../../../src/slack/menu.ts';
import type { AzureSimulator } from '../../simulator/azure/azure-simulator.ts';
import { createChanges } from '../../simulator/slack/changes.ts';
import type { SlackSimulator } from '../../simulator/slack/simulator.ts';
import { directChannel } from '../../simulator/slack/world.ts';
import { azurePanel } from './azure-panel.ts';
import type { Bundle } from './bundle.ts';
import { bundle } from './bundle.ts';
import type { Deed } from './deed.ts';
import { doAsPerson } from './person-deeds.ts';
import { changesFor } from './picture.ts';
import { requestLines } from './request-lines.ts';
import { serve } from './serving.ts';
import type { ShownStory, ShownWorkspace } from './shown.ts';

export interface PageOptions {
  readonly slack: SlackSimulator;
  readonly azure: AzureSimulator;
  /** Made anew unless given. */
  readonly files?: Bundle;
  /** Any free one unless given; throws EADDRINUSE. */
  readonly port?: number;
  /** What people are there for, by id. */
  readonly parts?: Readonly<Record<string, string>>;
  readonly story?: PlayedStory;
  readonly restartBot?: () => Promise<void>;
}

/** A story that others may play and stop as well. */
export interface PlayedStory {
  readonly state: ShownStory;
  /** From the beginning. */
  play(): void;
  /** Because somebody does something themselves. */
  stop(): void;
  /** Returns what ends the subscription. */
  subscribe(listener: () => void): () => void;
}

export interface Page {
  readonly url: string;
  stop(): Promise<void>;
}

const noStory: ShownStory = { is: 'none', caption: '' };

/** The workspace as a page on loopback, for any number of windows and people. */
export async function startPage(options: PageOptions): Promise<Page> {
  const { slack, azure, story, restartBot } = options;
  const changes = createChanges();
  const panel = azurePanel(azure);
  const requests = requestLines(azure, slack);

  const carryOut = async (deed: Deed): Promise<unknown> => {
    if (deed.do === 'playStory') return story?.play();
    story?.stop();
    switch (deed.do) {
      case 'stopStory':
        return undefined;
      case 'restartBot':
        return restartBot?.();
      case 'startSession':
      case 'endSession':
      case 'setHealth':
        panel.carryOut(deed);
        return changes.note();
      default:
        return doAsPerson(slack, deed);
    }
  };

  const server = await serve(options.port ?? 0, {
    files: options.files ?? bundle(),
    carryOut,
    lookAs: (id) => {
      const personId = id ?? [...slack.world.people.keys()][0] ?? '';
      if (!slack.world.people.has(personId)) return undefined;
      return changesFor(slack.as(personId), () => ({
        workspace: workspaceOf(options, personId),
        hosts: panel.hosts(),
        requests: requests(),
        story: story?.state ?? noStory,
      }));
    },
    subscribe: (listener) => {
      const sources = [slack.changes, changes, ...(story ? [story] : [])];
      const ends = sources.map((source) => source.subscribe(listener));
      return () => ends.forEach((end) => end());
    },
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function workspaceOf({ slack, parts, restartBot }: PageOptions, personId: string): ShownWorkspace {
  const { team, people, groups, channels } = slack.world;
  directChannel(slack.world, personId);
  return {
    team: team.name,
    me: personId,
    people: [...people.values()].map(({ id, name, timeZone }) => ({
      id,
      name,
      timeZone,
      part: parts?.[id] ?? '',
    })),
    groups: [...groups.values()].map(({ id, handle }) => ({ id, handle })),
    channels: [...channels.values()]
      .filter(({ members }) => members.has(personId))
      .map(({ id, name, kind }) => ({ id, name, kind })),
    commands: menuEntries(),
    canRestartBot: restartBot !== undefined,
  };
}
