import { Mark } from './mark.tsx';
import { called, useWorkspace } from './reader.ts';
import type { Theme } from './theme.ts';
import { themes } from './theme.ts';

export interface TopBarProps {
  readonly theme: Theme;
  readonly onTheme: (theme: Theme) => void;
  readonly onPerson: (id: string) => void;
  readonly onBehind: () => void;
}

export function TopBar({ theme, onTheme, onPerson, onBehind }: TopBarProps) {
  const { people, me } = useWorkspace();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  return (
    <header class="top">
      <Mark />
      <h1>
        Bastion Bot <small>simulated workspace</small>
      </h1>
      <label class="you">
        <span>You are</span>
        <select value={me} onChange={({ currentTarget }) => onPerson(currentTarget.value)}>
          {people.map(({ id, name, part }) => (
            <option key={id} value={id}>
              {part === '' ? called(name) : `${called(name)} (${part.split(':', 1).join('')})`}
            </option>
          ))}
        </select>
      </label>
      <button type="button" class="button" onClick={onBehind}>
        Behind the scenes
      </button>
      <button type="button" class="button" onClick={() => onTheme(next)}>
        <span class="hidden">Colours: </span>
        {called(theme)}
      </button>
    </header>
  );
}
