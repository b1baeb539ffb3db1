import { describe, expect, it } from '@jest/globals';
import { auditOfRequest } from '../../../src/domain/audit/entry.ts';
import { deliverCard } from '../../../src/usecases/cards/deliver-card.ts';
import { openAskForm } from '../../../src/slack/requests/ask-actions.ts';
import { aBatch, aHostState, aPolicy, aRequest, aSession, noon } from '../../support/build.ts';
import { memoryPorts, remember } from '../../support/memory-ports.ts';
import { read } from '../../slack/kit/read.ts';

const people = [
  { vmLogin: 'ops', slack: ['U0FAY', 'U0DANA'] },
  { vmLogin: 'fay', slack: 'U0FAY' },
];
const policy = aPolicy({ people });
const owners = [
  [{ session: aSession({ vmLogin: String.raw`CORP\ops` }) }, { is: 'shared' }],
  [{ session: aSession({ vmLogin: 'root' }) }, { is: 'nobody' }],
  [
    { session: aSession({ vmLogin: 'fay' }), owner: 'U0FAY' },
    { is: 'one', id: 'U0FAY' },
  ],
  // Slack could not say when somebody asked.
  [{ session: aSession({ vmLogin: 'fay' }) }, { is: 'not-named' }],
] as const;

describe('whose session it is', () => {
  it.each(owners)('stands on the card of a request: %j', async (asked, owner) => {
    const ports = memoryPorts({ policy });
    const request = aRequest(asked);
    await ports.requests.open(request, auditOfRequest(request, noon));
    await deliverCard(ports, { card: 'request', id: request.id });
    expect(ports.channel.messages).toMatchObject([{ content: { card: 'request', owner } }]);
  });

  it('stands on the card of several, with how the command is called', async () => {
    const ports = memoryPorts({ policy });
    const members = owners.map(([asked], index) => {
      const id = `member-${index}`;
      const request = aRequest({ ...asked, id, ref: id, batchId: 'batch-1' });
      return { request, entry: auditOfRequest(request, noon) };
    });
    const { requestIds: _, ...batch } = aBatch({ id: 'batch-1' });
    await ports.batches.open(batch, members);
    await ports.commandNames.note('/bastion-prod');
    await deliverCard(ports, { card: 'batch', id: 'batch-1' });
    expect(ports.channel.messages).toMatchObject([
      {
        content: {
          card: 'batch',
          command: '/bastion-prod',
          owners: new Map(owners.map(([, owner], index) => [`member-${index}`, owner])),
        },
      },
    ]);
  });

  it.each([
    ['ops', /Owner: nobody: a shared login/],
    ['root', /Owner: nobody that the policy knows/],
    ['fay', /^(?!.*Owner)/s],
  ])('stands on the form that asks, where nobody knows: %s', async (vmLogin, said) => {
    const ports = memoryPorts({ policy });
    const hostState = aHostState();
    const trackedSessions = hostState.trackedSessions.map((tracked) => ({
      ...tracked,
      session: aSession({ vmLogin }),
    }));
    await remember(ports, { ...hostState, trackedSessions });
    const reply = await openAskForm.run(ports, { by: { id: 'U0ALICE' }, value: 'ref-1', portalUrl: '' });
    expect(read(reply.is === 'modal' ? reply.view : { blocks: [] })).toMatch(said);
    expect(reply.is).toBe('modal');
  });
});
