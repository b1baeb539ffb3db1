import { useState } from 'preact/hooks';
import type { ShownHost, ShownRequest } from '../shown.ts';
import { Hosts } from './hosts.tsx';
import { Requests } from './requests.tsx';

export interface BehindProps {
  readonly hosts: readonly ShownHost[];
  readonly requests: readonly ShownRequest[];
  readonly onClose: () => void;
}

const tabs = ['Azure', 'Requests'] as const;

/** Behind the scenes: Azure as it is, and what reached it and Slack. */
export function Behind({ hosts, requests, onClose }: BehindProps) {
  const [tab, setTab] = useState<(typeof tabs)[number]>('Azure');
  return (
    <aside class="behind" aria-label="Behind the scenes">
      <header>
        <div class="tabs" role="tablist" aria-label="Behind the scenes">
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              role="tab"
              id={`tab-${name}`}
              aria-selected={tab === name}
              aria-controls="tab-panel"
              tabIndex={tab === name ? 0 : -1}
              onClick={() => setTab(name)}
              onKeyDown={({ key, currentTarget }) => {
                if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
                const other = tabs.find((each) => each !== name) ?? name;
                setTab(other);
                currentTarget.parentElement?.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
              }}
            >
              {name}
            </button>
          ))}
        </div>
        <button type="button" class="icon" aria-label="Close this panel" onClick={onClose}>
          <span aria-hidden="true">×</span>
        </button>
      </header>
      <div class="panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
        {tab === 'Azure' ? <Hosts hosts={hosts} /> : <Requests requests={requests} />}
      </div>
    </aside>
  );
}
