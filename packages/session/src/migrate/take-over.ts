/** The application whose session is taken over. */
export interface TakeOverApp {
  readonly clientId: string;
  /** Ends with a slash. */
  readonly issuer: string;
}

/** A session that another library has stored. */
export interface OldSession {
  readonly refreshToken: string;
  /** The `sub` of its user, which the renewed ID Token must have. */
  readonly subject: string;
  /** The API it is for: `null` for the server's choice, `undefined` if unknown. */
  readonly audience: string | null | undefined;
  /** Its scope, space-separated; `undefined` if unknown. */
  readonly scope: string | undefined;
}

/** Where another library has stored its sessions. Neither function throws. */
export interface TakeOver {
  /** Returns the sessions of exactly this client id and issuer. */
  readonly find: (app: TakeOverApp) => readonly OldSession[];
  /** Removes what the library has stored for exactly this client id and issuer. */
  readonly clear: (app: TakeOverApp) => void;
}
