import type { Installed, StoreOwner, Workspace } from '../../domain/people/workspace.ts';
import { ownerNow, storeStanding } from '../../domain/people/workspace.ts';
import type { Ports } from '../../ports/ports.ts';

export type StoreClaim =
  | { readonly is: 'ours'; readonly owner: StoreOwner }
  /** Nobody has it, and Slack has not said yet who would. */
  | { readonly is: 'free' }
  | { readonly is: 'unsure'; readonly owner: StoreOwner }
  | { readonly is: 'of-another'; readonly owner: StoreOwner; readonly ours: Workspace };

/** Takes a store that nobody has, and keeps up what is said of its owner. Of two who take it at once one wins, and the other looks whether it is the same bot. */
export async function claimStore(
  { storeOwner }: Pick<Ports, 'storeOwner'>,
  installed: Installed,
): Promise<StoreClaim> {
  const { workspace, token } = installed;
  for (;;) {
    const owner = await storeOwner.get();
    const standing = storeStanding(owner, installed);
    if (owner && workspace && standing === 'of-another') return { is: standing, owner, ours: workspace };
    if (owner && standing !== 'ours') return { is: 'unsure', owner };
    const next = workspace && ownerNow(owner, workspace, token);
    if (!next) return owner ? { is: 'ours', owner } : { is: 'free' };
    if ((await storeOwner.save(next)) === 'saved') return { is: 'ours', owner: next };
  }
}
