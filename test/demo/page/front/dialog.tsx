import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

export interface DialogProps {
  readonly label: string;
  readonly kind: 'form' | 'confirm';
  /** By the Escape key. */
  readonly onLeave: () => void;
  readonly children: ComponentChildren;
}

/** In front of everything else: the browser keeps the focus in it, and gives it back. */
export function Dialog({ label, kind, onLeave, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={kind}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onLeave();
      }}
    >
      {children}
    </dialog>
  );
}
