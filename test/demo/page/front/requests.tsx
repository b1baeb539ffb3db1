import { useState } from 'preact/hooks';
import type { ShownRequest } from '../shown.ts';
import { useReader } from './reader.ts';

/** What reached Azure and Slack, a line each, the latest first. */
export function Requests({ requests }: { readonly requests: readonly ShownRequest[] }) {
  const { timeZone } = useReader();
  const [isRoutineShown, setRoutineShown] = useState(false);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'medium' });
  const shown = requests.filter(({ isRoutine }) => isRoutineShown || !isRoutine);
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={isRoutineShown}
          onChange={({ currentTarget }) => setRoutineShown(currentTarget.checked)}
        />{' '}
        Show reading and health checks too
      </label>
      {shown.length === 0 && <p class="empty">Nothing was asked of them yet.</p>}
      <ol class="requests">
        {shown.map(({ id, at, to, what, outcome, isFailed }) => (
          <li key={id} data-failed={isFailed}>
            <time>{time.format(at)}</time> <strong>{to}</strong> <span>{what}</span> <em>{outcome}</em>
          </li>
        ))}
      </ol>
    </>
  );
}
