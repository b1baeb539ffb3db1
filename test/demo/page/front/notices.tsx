import { useState } from 'preact/hooks';
import type { ShownNotice } from '../shown.ts';

export interface NoticesProps {
  /** What the person's Slack client says went wrong. */
  readonly notices: readonly ShownNotice[];
  /** What went wrong with the page; empty: nothing. */
  readonly trouble: string;
  readonly onDismiss: () => void;
}

export function Notices({ notices, trouble, onDismiss }: NoticesProps) {
  const [dismissed, setDismissed] = useState(() => notices.at(-1)?.id ?? -1);
  const newest = notices.at(-1);
  const words = newest && newest.id > dismissed ? newest.words : trouble;
  return (
    <div class="notices" role="alert">
      {words !== '' && (
        <p>
          {words}
          <button
            type="button"
            class="icon"
            aria-label="Dismiss"
            onClick={() => {
              setDismissed(newest?.id ?? -1);
              onDismiss();
            }}
          >
            <span aria-hidden="true">×</span>
          </button>
        </p>
      )}
    </div>
  );
}
