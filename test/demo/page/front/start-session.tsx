import type { ShownHost } from '../shown.ts';
import { send } from './deeds.ts';
import { useDo } from './trouble.ts';

const ages = [
  [0, 'just now'],
  [10, '10 minutes ago'],
  [59, '59 minutes ago'],
  [239.8, 'just under 4 hours ago'],
  [300, '5 hours ago'],
  [720, '12 hours ago'],
  [4320, '3 days ago'],
] as const;

/** A session of any age, on any machine. */
export function StartSession({ hosts }: { readonly hosts: readonly ShownHost[] }) {
  const perform = useDo();
  return (
    <form
      class="start"
      aria-label="Start a session"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const text = (name: string) =>
          data
            .getAll(name)
            .filter((value) => typeof value === 'string')
            .join('');
        perform(
          send({
            do: 'startSession',
            host: text('host'),
            vm: text('vm'),
            login: text('login'),
            protocol: text('protocol') === 'rdp' ? 'rdp' : 'ssh',
            ageMinutes: Number(text('age')),
            ghost: data.has('ghost'),
          }),
        );
      }}
    >
      <h3>Start a session</h3>
      <label>
        Machine
        <input
          name="vm"
          defaultValue="vm-db-7"
          required
          maxLength={500}
          autocomplete="off"
          spellcheck={false}
        />
      </label>
      <label>
        Login
        <input name="login" defaultValue="dba" maxLength={500} autocomplete="off" spellcheck={false} />
      </label>
      <label>
        Host
        <select name="host">
          {hosts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Protocol
        <select name="protocol">
          <option value="ssh">SSH</option>
          <option value="rdp">RDP</option>
        </select>
      </label>
      <label class="whole">
        Began
        <select name="age">
          {ages.map(([minutes, words]) => (
            <option key={minutes} value={minutes}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input type="checkbox" name="ghost" /> A ghost: stays whatever is done
      </label>
      <button type="submit" class="button" data-style="primary">
        Start
      </button>
    </form>
  );
}
