import { createContext } from 'preact';
import { useContext, useEffect, useMemo, useState } from 'preact/hooks';
import type { Reader } from '../../../simulator/slack/render/reader.ts';
import type { ShownWorkspace } from '../shown.ts';

export const WorkspaceContext = createContext<ShownWorkspace | undefined>(undefined);

export function useWorkspace(): ShownWorkspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('there is no workspace yet');
  return workspace;
}

/** Whoever looks at this window. */
export function useReader(): Reader {
  const workspace = useWorkspace();
  return useMemo(() => {
    const { people, groups, channels, me } = workspace;
    const names = new Map([
      ...people.map(({ id, name }) => [id, `@${name}`] as const),
      ...groups.map(({ id, handle }) => [id, `@${handle}`] as const),
      ...channels.map(({ id, name }) => [id, `#${name}`] as const),
    ]);
    const timeZone = people.find(({ id }) => id === me)?.timeZone ?? 'UTC';
    return { timeZone, now: Date.now, nameOf: (id) => names.get(id) };
  }, [workspace]);
}

/** Draws again as time passes, where something says how long ago it was. */
export function useTicking(isTicking: boolean): void {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!isTicking) return undefined;
    const timer = setInterval(() => tick((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, [isTicking]);
}

export function called(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
