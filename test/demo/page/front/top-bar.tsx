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
      <button type="button" class="button colours" title="Colours" onClick={() => onTheme(next)}>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="10" cy="10" r="8" />
          <path class="half" d="M10 2a8 8 0 0 1 0 16z" />
        </svg>
        <span class="hidden">Colours: </span>
        <span class="theme">{called(theme)}</span>
      </button>
    </header>
  );
}
