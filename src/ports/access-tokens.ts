export interface AccessToken {
  readonly token: string;
  /** By the clock of who gave it. */
  readonly expiresAt: number;
}

export type TokenAnswer =
  | ({ readonly ok: true } & AccessToken)
  | { readonly ok: false; /** A name, never a message. */ readonly why: string };

/** Asks for one, past every cache where one was refused. Never rejects. */
export type AskToken = (insteadOf?: string) => Promise<TokenAnswer>;
