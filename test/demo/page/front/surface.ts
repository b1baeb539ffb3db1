import { createContext } from 'preact';
import { useContext, useState } from 'preact/hooks';
import type { Pick } from '../../../simulator/slack/find-control.ts';
import type { Json } from '../../../simulator/slack/json.ts';
import { isObject } from '../../../simulator/slack/json.ts';
import { TroubleContext } from './trouble.ts';

/** Where blocks stand: what using a control there does. */
export interface Surface {
  /** Resolves when the bot has heard of it. */
  readonly use: (pick: Pick) => Promise<void>;
  /** By `block_id`. */
  readonly errors: Readonly<Record<string, string>>;
}

export const SurfaceContext = createContext<Surface>({ use: () => Promise.resolve(), errors: {} });

/** Asks "are you sure?" in the words of a confirm object. */
export const ConfirmContext = createContext<(confirm: Json) => Promise<boolean>>(() => Promise.resolve(true));

export interface ControlProps {
  readonly blockId: string;
  readonly element: Json;
}

/** Uses a control, once at a time, after a confirmation where it asks for one; false: not confirmed. */
export function useControl({ blockId, element }: ControlProps) {
  const surface = useContext(SurfaceContext);
  const confirmed = useContext(ConfirmContext);
  const tell = useContext(TroubleContext);
  const [isBusy, setBusy] = useState(false);
  const use = async (entered?: string | readonly string[]): Promise<boolean> => {
    if (isBusy) return false;
    const { confirm, action_id: actionId } = element;
    if (isObject(confirm) && !(await confirmed(confirm))) return false;
    setBusy(true);
    try {
      await surface.use({
        blockId,
        actionId: String(actionId),
        ...(entered !== undefined && { entered }),
      });
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
    return true;
  };
  return { isBusy, use };
}
