import { useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Json } from '../../../../simulator/slack/json.ts';
import { field, listField } from '../../../../simulator/slack/json.ts';
import { valueOf } from './choices.ts';
import { plain } from './text.tsx';

export interface OverflowProps {
  readonly element: Json;
  readonly isBusy: boolean;
  /** As `valueOf` names the option. */
  readonly onPick: (value: string) => void;
}

/** The menu behind three dots. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Overflow({ element, isBusy, onPick }: OverflowProps) {
  const [isOpen, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];

  // Before anybody can see the menu: focus that comes later takes it from whoever is quicker.
  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    items()[0]?.focus();
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !menu.current?.parentElement?.contains(target)) setOpen(false);
    };
    addEventListener('pointerdown', leave);
    return () => removeEventListener('pointerdown', leave);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const move = (event: KeyboardEvent) => {
    const all = items();
    const at = all.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Tab') setOpen(false);
    if (event.key === 'Escape') close();
    if (to !== undefined) all.at(to % all.length)?.focus();
    if (to === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pick = (option: unknown) => {
    close();
    const url = field(option, 'url');
    if (typeof url === 'string') open(url, '_blank', 'noopener,noreferrer');
    onPick(valueOf(option));
  };

  return (
    <div class="overflow" onKeyDown={isOpen ? move : undefined}>
      <button
        ref={opener}
        type="button"
        class="button"
        data-busy={isBusy}
        aria-label="More"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
      >
        <span aria-hidden="true">⋯</span>
      </button>
      {isOpen && (
        <div ref={menu} id={id} class="menu" role="menu">
          {listField(element, 'options').map((option, index) => (
            <button key={index} type="button" role="menuitem" tabIndex={-1} onClick={() => pick(option)}>
              {plain(field(option, 'text'))}
              <Description option={option} />
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

export function Description({ option }: { readonly option: unknown }) {
  const description = plain(field(option, 'description'));
  return description === '' ? null : <small>{description}</small>;
}
