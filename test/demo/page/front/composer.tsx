import { useEffect, useId, useState } from 'preact/hooks';
import { command, completionOf } from './completion.ts';
import { send } from './deeds.ts';
import { useWorkspace } from './reader.ts';
import { useDo } from './trouble.ts';

/** The box at the foot of a channel: takes commands, and completes them. https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Composer({ channel, name }: { readonly channel: string; readonly name: string }) {
  const { me, commands } = useWorkspace();
  const [typed, setTyped] = useState('');
  /** Which of the offers was gone to. */
  const [at, setAt] = useState<number>();
  const [isDismissed, setDismissed] = useState(false);
  const [hint, setHint] = useState('');
  const id = useId();
  const perform = useDo();

  const completion = completionOf(typed, commands);
  const offers = isDismissed ? [] : completion.offers;
  // A command has to be one of these; a filter is one way to go on, so nothing is chosen before somebody does.
  const usual = completion.of === 'Commands' ? offers[0] : undefined;
  const chosen = at === undefined ? usual : offers[Math.min(at, offers.length - 1)];
  const chosenId = chosen && `${id}-${String(offers.indexOf(chosen))}`;
  useEffect(() => {
    if (chosenId !== undefined) document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' });
  }, [chosenId]);

  const write = (text: string) => {
    setTyped(text);
    setAt(undefined);
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
    if (offers.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = chosen ? offers.indexOf(chosen) : step === -1 ? offers.length : -1;
    const isBegun = chosen !== undefined || !typed.endsWith(' ');
    const isMeant = at !== undefined || (chosen !== undefined && typed.trim() !== command);
    if (step !== undefined) setAt((from + step + offers.length) % offers.length);
    else if (event.key === 'Escape') setDismissed(true);
    else if (event.key === 'Tab' && !event.shiftKey && isBegun) write((chosen ?? offers[0])?.text ?? typed);
    else if (event.key === 'Enter' && chosen && isMeant) write(chosen.text);
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
      {offers.length > 0 && (
        <div class="menu" role="listbox" id={id} aria-label={completion.of}>
          {offers.map((offer, index) => (
            <div
              key={offer.text}
              id={`${id}-${String(index)}`}
              role="option"
              aria-selected={offer === chosen}
              onPointerDown={(event) => {
                event.preventDefault();
                write(offer.text);
              }}
            >
              {offer.shown} {offer.about !== '' && <small>{offer.about}</small>}
            </div>
          ))}
        </div>
      )}
      <input
        role="combobox"
        aria-label={`Message ${name}`}
        aria-expanded={offers.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={chosenId}
        aria-describedby={`${id}-hint`}
        autocomplete="off"
        spellcheck={false}
        placeholder={`Type ${command} …`}
        value={typed}
        onInput={({ currentTarget }) => write(currentTarget.value)}
        onKeyDown={key}
        onBlur={() => setDismissed(true)}
      />
      <button type="submit" class="button" data-style="primary" data-filled>
        Send
      </button>
      <small id={`${id}-hint`} role="status">
        {hint}
      </small>
      <span class="hidden" role="status">
        {offers.length > 0 && !chosen ? `${String(offers.length)} to choose from, by the arrow keys` : ''}
      </span>
    </form>
  );
}
