import { describe, expect, it } from '@jest/globals';
import { batchSize } from '../../../src/domain/requests/batch.ts';
import { listPicks } from '../../../src/domain/requests/pick.ts';
import { parseFilter } from '../../../src/domain/sessions/filter-text.ts';
import { pickerModal } from '../../../src/slack/requests/picker.ts';
import { validateView } from '../../simulator/slack/blocks/validate.ts';
import { aHost, aHostState, aPolicy, aSession, aTrackedSession, minute, noon } from '../../support/build.ts';
import type { Candidate } from '../../../src/domain/sessions/origin.ts';
import { dana, exactly, fay, likely, oneOf } from '../../support/origins.ts';
import { read } from '../kit/read.ts';

const named = (count: number, name = 'vm') =>
  Array.from({ length: count }, (_, index) =>
    aTrackedSession({
      ref: `ref-${index}`,
      session: aSession({
        sessionId: `session-${index}`,
        vm: { name: `${name}-${index}` },
        startedAt: noon - (count - index) * minute,
      }),
    }),
  );

function view(
  trackedSessions = named(3),
  { typed = '', page = 0, picked = [] }: { typed?: string; page?: number; picked?: readonly string[] } = {},
) {
  const { filter, mistakes } = parseFilter(typed);
  const pick = listPicks(
    [aHostState({ trackedSessions })],
    { query: { filter, page }, pickedRefs: picked },
    { policy: aPolicy(), now: noon },
  );
  return pickerModal({
    pick,
    mistakes,
    approval: 'required',
    approvers: 'named',
    expiresAfterMs: 30 * minute,
  });
}

const blockIds = (shown: ReturnType<typeof view>) => shown.blocks.map(({ block_id }) => block_id);

describe('the form to pick several sessions', () => {
  it('offers the sessions to tick, the filter, and one reason', () => {
    const shown = view();

    expect(shown).toMatchObject({
      title: { text: 'Select several' },
      submit: { text: 'Send request' },
      close: { text: 'Keep' },
      private_metadata: '0',
    });
    expect(read(shown)).toBe(
      `Tick up to 20 sessions
---
Show only: [……]
As after /bastion sessions: host:prod older:4h. Enter or Refresh applies it.
---
Sessions 1–3 of 3:
[ ] azureuser on vm-0 (3 min · SSH · bastion-prod)
[ ] azureuser on vm-1 (2 min · SSH · bastion-prod)
[ ] azureuser on vm-2 (1 min · SSH · bastion-prod)
---
[Refresh]
---
A colleague has to approve; you cannot do that yourself. The request expires after 30 min. Once approved, each session loses its connection at once.
---
Reason: [……]
Shown to whoever approves, and kept in the record.`,
    );
  });

  it('keeps what is picked ticked on top, whatever page and filter are shown', () => {
    const shown = read(view(named(45), { picked: ['ref-44', 'ref-3'], typed: 'vm-1', page: 9 }));

    expect(shown).toContain(`2 of at most 20 picked`);
    expect(shown).toContain(
      'Picked 1–2 of 2:\n[x] azureuser on vm-3 (42 min · SSH · bastion-prod)\n[x] azureuser on vm-44 (1 min · SSH · bastion-prod)',
    );
    expect(shown).toContain('Sessions 1–10 of 11:\n[ ] azureuser on vm-1 ');
  });

  it('says who is behind a session as far as there is room, and never half of it', () => {
    const trackedSessions = named(2).map((tracked, index) => ({
      ...tracked,
      session: { ...tracked.session, origin: index === 0 ? exactly(fay) : likely(fay) },
    }));
    expect(read(view(trackedSessions))).toContain(
      '(2 min · SSH · bastion-prod · from 203.0.113.7 · Entra user fay@corp.example)\n',
    );
    expect(read(view(trackedSessions))).toContain(
      '(1 min · SSH · bastion-prod · likely Entra user fay@corp.example)\n',
    );
  });

  it('names several who may be behind a session, or says how many they are where there is no room', () => {
    const shown = (...candidates: readonly Candidate[]) =>
      read(
        view(
          named(1).map((tracked) => ({
            ...tracked,
            session: { ...tracked.session, origin: oneOf(...candidates) },
          })),
        ),
      );
    expect(shown(fay, dana)).toContain('SSH · bastion-prod · one of fay@corp.example, dana@corp.example)\n');
    expect(shown(fay, { entraUser: `dana@${'corp.'.repeat(9)}example` })).toContain(
      '(1 min · SSH · bastion-prod · Entra user one of 2)\n',
    );
  });

  it('turns pages', () => {
    const pages = [0, 1, 2].map((page) => view(named(45), { page }));

    expect(pages.map((page) => /^Over and near.*$/m.exec(read(page))?.[0])).toEqual([
      'Over and near the limit first, page 1 of 3',
      'Over and near the limit first, page 2 of 3',
      'Over and near the limit first, page 3 of 3',
    ]);
    expect(pages.map((page) => read(page).split('\n---\n').at(-3))).toEqual([
      '[Next page] [Refresh]',
      '[Previous page] [Next page] [Refresh]',
      '[Previous page] [Refresh]',
    ]);
    expect(pages.map((page) => page.private_metadata)).toEqual(['0', '1', '2']);
  });

  it('shows nothing more to tick while too many are picked', () => {
    const shown = read(view(named(45), { picked: named(22).map(({ ref }) => ref) }));

    expect(shown).toContain('22 picked, 20 is the most: untick 2\nThe others are shown again then.');
    expect(shown).toContain('Picked 21–22 of 22:');
    expect(shown).not.toContain('[ ]');
  });

  it('says what is over meanwhile, what fits nothing, and what it did not understand', () => {
    expect(read(view(named(3), { picked: ['ref-gone'] }))).toContain('1 picked session no longer open');
    expect(read(view(named(3), { typed: 'staging' }))).toContain('No other session fits');
    expect(read(view([]))).toContain('No other session is open');
    expect(read(view(named(3), { typed: 'hots:x' }))).toContain('Left out: hots:x. Did you mean host:?');
  });

  it('leaves out what has no id, and marks what is over its limit or not confirmed', () => {
    const withoutId = aTrackedSession({ ref: 'without-id', session: aSession({ sessionId: '' }) });
    const old = aTrackedSession({ ref: 'old', session: aSession({ startedAt: noon - 600 * minute }) });
    const failing = { since: noon, failure: { kind: 'busy' } } as const;
    const pick = listPicks(
      [aHostState({ trackedSessions: [withoutId, old], failing })],
      { query: { filter: parseFilter('').filter, page: 0 }, pickedRefs: [] },
      { policy: aPolicy(), now: noon },
    );
    const shown = pickerModal({
      pick,
      mistakes: [],
      approval: 'none',
      approvers: 'named',
      expiresAfterMs: 0,
    });

    expect(read(shown)).toContain(
      'Sessions 1–1 of 1:\n[ ] azureuser on vm-web-1 (10 h · over the limit · not confirmed · SSH · bastion-prod)',
    );
    expect(shown.submit).toMatchObject({ text: 'Disconnect' });
  });

  it('names the command as it is called here, and what it looked for in vain', () => {
    const { filter } = parseFilter('vm:none protocol:telnet');
    const pick = listPicks(
      [aHostState({ trackedSessions: named(3) })],
      { query: { filter, page: 0 }, pickedRefs: [] },
      { policy: aPolicy(), now: noon },
    );
    const terms = { mistakes: [], approval: 'none', approvers: 'named', expiresAfterMs: 0 } as const;
    const shown = read(pickerModal({ pick, ...terms, command: '/bastion-prod' }));
    expect(shown).toContain('As after /bastion-prod sessions: host:prod older:4h.');
    expect(shown).toContain(
      'No other session fits vm:none protocol:telnet\nThe protocols of Azure Bastion are rdp and ssh.\n',
    );
  });

  it('gives every showing of check boxes ids of their own, and keeps those of the other inputs', () => {
    const later = listPicks(
      [aHostState({ trackedSessions: named(3) })],
      { query: { filter: parseFilter('').filter, page: 0 }, pickedRefs: [] },
      { policy: aPolicy(), now: noon + 1 },
    );
    const again = pickerModal({
      pick: later,
      mistakes: [],
      approval: 'required',
      approvers: 'named',
      expiresAfterMs: 0,
    });

    expect(blockIds(view()).filter((id) => id !== undefined)).toEqual([
      'pick_filter',
      `others-0-${noon}`,
      'reason',
    ]);
    expect(blockIds(again)).toContain(`others-0-${noon + 1}`);
  });

  it('carries the filter', () => {
    expect(view(named(3), { typed: 'HOST:prod' }).private_metadata).toBe('0 host:prod');
  });

  it.each(['m'.repeat(80), '"'.repeat(2000), '👩‍🚒'.repeat(640)])(
    'is taken by Slack with 5,000 sessions, twice as many picked as can be, and any name',
    (name) => {
      const trackedSessions = Array.from({ length: 5000 }, (_, index) =>
        aTrackedSession({
          ref: `0123456789ab-${index}`,
          session: aSession({ sessionId: `${index}`, vm: { name }, vmLogin: name, protocol: name }),
        }),
      );
      const hostState = aHostState({ host: aHost({ name }), trackedSessions });
      const { filter, mistakes } = parseFilter('x'.repeat(4000));
      for (const count of [0, batchSize, 2 * batchSize]) {
        const picked = trackedSessions.slice(0, count).map(({ ref }) => ref);
        const pick = listPicks(
          [hostState],
          { query: { filter: count === 0 ? parseFilter('').filter : filter, page: 7 }, pickedRefs: picked },
          { policy: aPolicy(), now: noon },
        );

        expect(
          validateView(
            pickerModal({ pick, mistakes, approval: 'required', approvers: 'named', expiresAfterMs: 0 }),
          ),
        ).toEqual([]);
      }
    },
  );
});
