import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** Shows the person at the page what could not be done. */
export const TroubleContext = createContext<(words: string) => void>(() => undefined);

/** Does not wait; what goes wrong is shown. */
export function useDo(): (deed: Promise<unknown>) => void {
  const show = useContext(TroubleContext);
  return (deed) => {
    deed.catch((error: unknown) => show(error instanceof Error ? error.message : String(error)));
  };
}
