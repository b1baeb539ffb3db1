import { useId, useState } from 'preact/hooks';
import { send } from './deeds.ts';
import { useWorkspace } from './reader.ts';
import { useDo } from './trouble.ts';

const command = '/bastion';

/** The box at the foot of a channel: takes commands, and completes them. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Composer({ channel, name }: { readonly channel: string; readonly name: string }) {
  const { me, commands } = useWorkspace();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [isDismissed, setDismissed] = useState(false);
  const [hint, setHint] = useState('');
  const id = useId();
  const perform = useDo();

  const known = commands.map(({ name, summary }) => ({ text: `${command} ${name}`, summary }));
  const offered =
    typed.startsWith('/') && !isDismissed
      ? known.filter(({ text }) => text.startsWith(typed.trimEnd()) && text !== typed.trimEnd())
      : [];
  const chosen = offered[Math.min(at, offered.length - 1)];

  const write = (text: string) => {
    setTyped(text);
    setAt(0);
    setDismissed(false);
    setHint('');
  };
  const submit = () => {
    const text = typed.trim();
    if (text === '') return;
    if (text !== command && !text.startsWith(`${command} `)) {
      setHint(`Nobody else talks in this workspace: type ${command} and what you want to know.`);
      return;
    }
    write('');
    perform(send({ do: 'command', as: me, typed: text, channel }));
  };
  const key = (event: KeyboardEvent) => {
    if (!chosen) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) setAt((at + step + offered.length) % offered.length);
    else if (event.key === 'Escape') setDismissed(true);
    else if (event.key === 'Tab' && !event.shiftKey) write(chosen.text);
    else if (event.key === 'Enter' && (at > 0 || typed.trim() !== command)) write(chosen.text);
    else return;
    event.preventDefault();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {offered.length > 0 && (
        <div class="menu" role="listbox" id={id} aria-label="Commands">
          {offered.map(({ text, summary }, index) => (
            <div
              key={text}
              id={`${id}-${String(index)}`}
              role="option"
              aria-selected={offered[index] === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                write(text);
              }}
            >
              {text}
              <small>{summary}</small>
            </div>
          ))}
        </div>
      )}
      <input
        role="combobox"
        aria-label={`Message ${name}`}
        aria-expanded={offered.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosen && `${id}-${String(offered.indexOf(chosen))}`}
        aria-describedby={`${id}-hint`}
        autocomplete="off"
        spellcheck={false}
        placeholder={`Type ${command} …`}
        value={typed}
        onInput={({ currentTarget }) => write(currentTarget.value)}
        onKeyDown={key}
      />
      <button type="submit" class="button" data-style="primary" data-filled>
        Send
      </button>
      <small id={`${id}-hint`} role="status">
        {hint}
      </small>
    </form>
  );
}
