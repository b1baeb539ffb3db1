/** The ports that a use case takes, for another that calls it. */
export type Needs<UseCase extends (ports: never, ...wish: never[]) => unknown> = Parameters<UseCase>[0];
