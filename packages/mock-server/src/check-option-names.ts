import { closest, distance } from 'fastest-levenshtein';
import type { ClientOptions } from './clients.js';
import type { Lifetimes, MockServerOptions } from './options.js';

/** An option that does not exist, such as a misspelt one, which would otherwise have no effect. */
export class UnknownOptionError extends TypeError {
  override readonly name = 'UnknownOptionError';
  /** Such as `lifetimes.accesTokenSeconds`. */
  readonly option: string;
  /** The option that was probably meant; `null` if none is similar. */
  readonly suggestion: string | null;

  constructor(option: string, suggestion: string | null) {
    const advice =
      suggestion === null
        ? 'Remove it, or see MockServerOptions.'
        : `Did you mean "${suggestion}"?`;
    super(`"${option}" is not an option of the mock. ${advice}`);
    this.option = option;
    this.suggestion = suggestion;
  }
}

const OPTION_NAMES = namesOf<MockServerOptions & { readonly $schema?: string }>({
  $schema: true,
  issuer: true,
  customDomains: true,
  clients: true,
  users: true,
  vendorId: true,
  seed: true,
  fidelity: true,
  lifetimes: true,
  defaultAudience: true,
  audiences: true,
  requiresOfflineAccess: true,
  sendsIssParameter: true,
  sendsAuthenticationClaims: true,
  hasUserinfoCors: true,
  sessionCookieScope: true,
  enforcesRateLimits: true,
  hasControlPlane: true,
  controlToken: true,
  onWarning: true,
});

const LIFETIME_NAMES = namesOf<Lifetimes>({
  accessTokenSeconds: true,
  managementTokenSeconds: true,
  codeSeconds: true,
  loginSeconds: true,
  sessionIdleSeconds: true,
  sessionAbsoluteSeconds: true,
  refreshTokenIdleSeconds: true,
  refreshTokenAbsoluteSeconds: true,
});

const CLIENT_NAMES = namesOf<ClientOptions>({
  clientId: true,
  name: true,
  type: true,
  secretHash: true,
  clientSecret: true,
  callbacks: true,
  logoutUrls: true,
  webOrigins: true,
  grantTypes: true,
  refreshToken: true,
  scopes: true,
  isActive: true,
});

/** Checks the names of the options, of the lifetimes and of the clients. @throws UnknownOptionError */
export function checkOptionNames(options: MockServerOptions): void {
  checkNames(options, OPTION_NAMES, '');
  checkNames(options.lifetimes ?? {}, LIFETIME_NAMES, 'lifetimes.');
  options.clients?.forEach((client, index) =>
    checkNames(client, CLIENT_NAMES, `clients[${index}].`),
  );
}

/** The compiler checks that all names are there. */
function namesOf<Options extends object>(
  names: Readonly<Record<keyof Options & string, true>>,
): readonly string[] {
  return Object.keys(names);
}

function checkNames(options: object, names: readonly string[], prefix: string): void {
  const unknown = Object.keys(options).find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const nearest = closest(unknown, [...names]);
  const isSimilar = distance(unknown, nearest) <= Math.max(2, unknown.length / 3);
  throw new UnknownOptionError(prefix + unknown, isSimilar ? prefix + nearest : null);
}
