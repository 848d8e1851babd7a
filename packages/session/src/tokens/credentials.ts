/**
 * The credentials for retrying a rejected request: `renewed` ones, the same ones if the server `confirmed` them, or
 * `none` if no better ones are available.
 */
export type Recovery = 'renewed' | 'confirmed' | 'none';

/** The user's credentials: an access token or cookies, depending on the mode. */
export interface Credentials {
  /** Returns the access token if it is valid for that long. */
  readonly peekAccessToken: (minValiditySeconds?: number) => string | null;
  /** Resolves to an access token that is valid for that long, refreshed if needed; `signal` aborts the wait. */
  readonly getAccessToken: (minValiditySeconds?: number, signal?: AbortSignal) => Promise<string>;
  /** Refreshes ahead of expiry, unless another tab has. */
  readonly refresh: () => Promise<void>;
  /** Renews in any case, by a request that starts after this call, of whichever tab. */
  readonly renew: () => Promise<void>;
  /** Resolves to a copy of the request with the user's credentials. */
  readonly authorize: (request: Request) => Promise<Request>;
  /** Replaces the credentials that `rejected` was sent with, after a 401. */
  readonly recover: (rejected: Request) => Promise<Recovery>;
}
