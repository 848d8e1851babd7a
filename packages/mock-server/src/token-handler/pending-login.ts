/** The content of the login cookie, from the login to its callback. */
export interface PendingLogin {
  readonly vendorId: string;
  readonly redirectUri: string;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
  /** An absolute URL of the site. */
  readonly returnTo: string;
  /** The requested values that the response must match; empty without a request. */
  readonly maxAge: string;
  readonly organization: string;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** Whether a value that was unsealed is a login. */
export function isPendingLogin(value: unknown): value is PendingLogin {
  if (typeof value !== 'object' || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return (
    TEXT_FIELDS.every((name) => typeof fields.get(name) === 'string') &&
    typeof fields.get('expiresAt') === 'number'
  );
}

const TEXT_FIELDS = [
  'vendorId',
  'redirectUri',
  'state',
  'nonce',
  'codeVerifier',
  'returnTo',
  'maxAge',
  'organization',
];
