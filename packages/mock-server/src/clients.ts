import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** A grant that an application may use at the token endpoint. */
export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials';

/** How a client's refresh tokens behave. */
export interface RefreshTokenPolicy {
  /** A rotating client gets a new token at each refresh; a non-rotating one the same again. */
  readonly rotation: 'rotating' | 'non-rotating';
  /** For how long after its use a spent token still mints a sibling. */
  readonly leewaySeconds: number;
}

/** An application registered at the server. */
export interface Client {
  readonly clientId: string;
  readonly name: string;
  /** `spa` and `native` are public clients; `web` and `management` have a secret. */
  readonly type: 'spa' | 'native' | 'web' | 'management';
  /** The hash of the secret; the secret itself is shown once and not stored. */
  readonly secretHash: string | null;
  /**
   * Redirect URIs; compared in full, port included, but for the loopback addresses of a `native` client (RFC 8252
   * section 7.3). `*` is allowed in the path or as first host label.
   */
  readonly callbacks: readonly string[];
  readonly logoutUrls: readonly string[];
  /** Origins that may send an `Origin` header to `/authorize`. */
  readonly webOrigins: readonly string[];
  readonly grantTypes: readonly GrantType[];
  readonly refreshToken: RefreshTokenPolicy;
  /** Scopes that client_credentials may grant. */
  readonly scopes: readonly string[];
  readonly isActive: boolean;
}

/**
 * A client as given to `createMockServer`; only `clientId` is needed. Logout URLs default to the
 * callbacks, web origins to the callbacks' origins.
 */
export type ClientOptions = Pick<Client, 'clientId'> &
  Partial<Omit<Client, 'clientId'>> & {
    /** Makes the client confidential; `null` takes its secret away. */
    readonly clientSecret?: string | null;
  };

const SEEDED_SITES = [
  'http://localhost:5173/',
  'http://localhost:4173/',
  'http://localhost:3000/',
  'http://127.0.0.1:5173/',
];

/** The clients every server starts with unless `clients` is given. */
export const SEEDED_CLIENTS: readonly ClientOptions[] = [
  {
    clientId: 'publisher-web',
    name: 'The Daily Sample',
    // The second half enables the token handler behind these sites' own `/sesamy/auth`.
    callbacks: [
      ...SEEDED_SITES,
      ...SEEDED_SITES.map((site) => `${site}sesamy/auth/publisher-web/callback`),
    ],
  },
];

/** Fills in the defaults of a client. */
export function createClient({ clientSecret, ...options }: ClientOptions): Client {
  const type = options.type ?? (clientSecret ? 'web' : 'spa');
  const callbacks = options.callbacks ?? [];
  return {
    name: options.clientId,
    type,
    secretHash: null,
    callbacks,
    logoutUrls: callbacks,
    webOrigins: callbacks.flatMap(originOf),
    grantTypes:
      type === 'management' ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    refreshToken: { rotation: 'rotating', leewaySeconds: 30 },
    scopes: [],
    isActive: true,
    ...options,
    ...(clientSecret !== undefined && { secretHash: clientSecret && hashSecret(clientSecret) }),
  };
}

/** Whether the client keeps a secret (RFC 6749 section 2.1). */
export function isConfidential(client: Client): boolean {
  return client.secretHash !== null;
}

/** Whether `secret` is the client's secret. */
export function isSecretOf(client: Client, secret: string): boolean {
  return client.secretHash === hashSecret(secret);
}

function hashSecret(secret: string): string {
  return bytesToHex(sha256(utf8ToBytes(secret)));
}

function originOf(url: string): string[] {
  const origin = URL.canParse(url) ? new URL(url).origin : 'null';
  return origin === 'null' ? [] : [origin];
}
