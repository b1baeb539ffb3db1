import { useEffect, useState } from 'preact/hooks';

/** Who looks at what; in the address, so that a window can be opened as somebody, somewhere. */
export interface Route {
  readonly person: string | undefined;
  /** A channel's id, or `home`. */
  readonly place: string | undefined;
}

export function useRoute(): readonly [Route, (route: Route) => void] {
  const [route, setRoute] = useState(readRoute);
  useEffect(() => {
    const follow = () => setRoute(readRoute());
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return [
    route,
    ({ person, place }) => {
      location.hash = `/${[person, place].filter((part) => part !== undefined).join('/')}`;
    },
  ];
}

function readRoute(): Route {
  const [, person, place] = location.hash.split('/');
  return { person: person || undefined, place: place || undefined };
}
