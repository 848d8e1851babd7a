import { AccessTokenError } from './errors.js';
import type { AccessTokenRequirements } from './errors.js';

interface CommonOptions {
  /**
   * The issuer of the tokens, or several, such as Sesamy's and a custom domain. A missing last slash is
   * added, then `iss` must match exactly. Default `https://token.sesamy.com/`.
   */
  issuer?: string | readonly string[];
  /** The API that the tokens must be issued for, or several. Default `https://api.sesamy.com`. */
  audience?: string | readonly string[];
  /** Accepted signature algorithms. Default `['RS256']`. */
  algorithms?: readonly string[];
  /** Where the keys of a single issuer are. Default `.well-known/jwks.json` at each issuer. */
  jwksUrl?: string;
  /** The tolerated difference to the issuer's clock, in seconds, at most 300. Default 10. */
  leewaySeconds?: number;
  /** Replaces the global `fetch`, for proxies and tests. */
  fetch?: typeof globalThis.fetch;
  /** Returns the time in epoch milliseconds, for tests. Default `Date.now`. */
  now?: () => number;
}

/**
 * Options of `createAccessTokenVerifier`. An option that is present must have a value: `undefined`, as from an
 * environment variable that is not set, throws.
 */
export type AccessTokenVerifierOptions = CommonOptions &
  (
    | {
        /** The publisher whose tokens are accepted. All publishers share Sesamy's issuer and audience. */
        publisherId: string;
        allowAnyPublisher?: false;
      }
    | {
        publisherId?: never;
        /** Accepts the readers of every publisher. Check `publisherId` of each token yourself. */
        allowAnyPublisher: true;
      }
  );

/** {@link AccessTokenVerifierOptions} with every default in place. */
export interface VerifierConfig {
  /** Where the keys of each issuer are, by the issuer's `iss`. */
  jwksUrls: ReadonlyMap<string, URL>;
  audience: string[];
  /** `undefined` accepts every publisher. */
  publisherId: string | undefined;
  algorithms: string[];
  leewaySeconds: number;
  fetch: typeof globalThis.fetch;
  now: () => number;
}

/** The requirement of an option, in words and as a test. */
type Rule = readonly [expected: string, isGood: (value: unknown) => boolean];

type Rules<Options> = { readonly [Name in keyof Options]-?: Rule };

const maxLeewaySeconds = 300;
const secureUrl = 'an absolute https URL (http only for localhost) without query or fragment';

const optionRules: Rules<CommonOptions & Record<'publisherId' | 'allowAnyPublisher', unknown>> = {
  issuer: [`${secureUrl}, or a list of such URLs`, oneOrMore(isSecureUrl)],
  audience: ['a string that is not blank, or a list of such strings', oneOrMore(isText)],
  publisherId: ["the publisher's id, a string that is not blank", isText],
  allowAnyPublisher: ['true or false', (value) => typeof value === 'boolean'],
  algorithms: ['a list of public-key algorithms, such as RS256 or ES256', listOf(isAsymmetric)],
  jwksUrl: [secureUrl, isSecureUrl],
  leewaySeconds: [
    `a number from 0 to ${maxLeewaySeconds}`,
    (value) => isCount(value) && value <= maxLeewaySeconds,
  ],
  fetch: ['a function', isFunction],
  now: ['a function', isFunction],
};

const requirementRules: Rules<AccessTokenRequirements> = {
  scopes: ['a list of scopes, at least one', listOf(isWord)],
  permissions: ['a list of permissions, at least one', listOf(isWord)],
  maxAgeSeconds: ['a number of at least 0', isCount],
  acrValues: ['a list of authentication context classes, at least one', listOf(isWord)],
  subject: [
    "'reader', 'application' or 'any'",
    (value) => value === 'reader' || value === 'application' || value === 'any',
  ],
};

/**
 * Checks the options, also those of JavaScript callers, and fills in Sesamy's defaults.
 *
 * @throws AccessTokenError `invalid_configuration`; the message names the option and what it must be, never its value.
 */
export function resolveOptions(options: AccessTokenVerifierOptions): VerifierConfig {
  check('option', optionRules, options);
  const { publisherId, allowAnyPublisher = false, jwksUrl, audience, algorithms } = options;
  if ((publisherId === undefined) !== allowAnyPublisher) {
    throw misconfigured(
      'Set the option "publisherId" to the publisher whose readers are accepted. All publishers share Sesamy\'s issuer and ' +
        'audience. To accept the readers of every publisher, set "allowAnyPublisher: true" instead.',
    );
  }
  const issuers = listed(options.issuer ?? 'https://token.sesamy.com/').map(withLastSlash);
  if (jwksUrl !== undefined && issuers.length > 1) {
    throw misconfigured(
      'The option "jwksUrl" must be left out with several issuers: each has its own keys.',
    );
  }
  return {
    jwksUrls: new Map(
      issuers.map((issuer) => [issuer, new URL(jwksUrl ?? `${issuer}.well-known/jwks.json`)]),
    ),
    audience: listed(audience ?? 'https://api.sesamy.com'),
    publisherId,
    algorithms: [...(algorithms ?? ['RS256'])],
    leewaySeconds: options.leewaySeconds ?? 10,
    // Read at each call, so that instrumentation installed later is used.
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    now: options.now ?? Date.now,
  };
}

/**
 * Throws for requirements that would accept more than intended: misspelt, empty or `undefined` ones.
 *
 * @throws AccessTokenError `invalid_configuration`.
 */
export function checkRequirements(requirements: AccessTokenRequirements | undefined): void {
  if (requirements !== undefined) check('requirement', requirementRules, requirements);
}

/** A developer's mistake. */
export function misconfigured(message: string): AccessTokenError {
  return new AccessTokenError(message, { code: 'invalid_configuration' });
}

function check(kind: string, rules: Readonly<Record<string, Rule>>, values: unknown): void {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) {
    throw misconfigured(`The ${kind}s must be an object.`);
  }
  // Inherited options, such as the getters of a class, are in force as well.
  const known = Object.keys(rules);
  const inherited = known.filter((name) => name in values && !Object.hasOwn(values, name));
  for (const name of [...Object.keys(values), ...inherited]) {
    const value: unknown = Reflect.get(values, name);
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined) {
      throw misconfigured(`There is no ${kind} "${name}". Use one of: ${known.join(', ')}.`);
    }
    const [expected, isGood] = rule;
    if (value === undefined) {
      throw misconfigured(
        `The ${kind} "${name}" is undefined. Leave it out, or give it a value: ${expected}. ` +
          'Often an environment variable is not set.',
      );
    }
    if (!isGood(value)) throw misconfigured(`The ${kind} "${name}" must be ${expected}.`);
  }
}

function listed(value: string | readonly string[]): string[] {
  return typeof value === 'string' ? [value] : [...value];
}

function withLastSlash(issuer: string): string {
  return new URL(issuer).href.replace(/\/?$/, '/');
}

function listOf(isGood: (value: unknown) => boolean): (value: unknown) => boolean {
  // Spread, because `every` skips the holes of an array.
  return (value) => Array.isArray(value) && value.length > 0 && [...value].every(isGood);
}

function oneOrMore(isGood: (value: unknown) => boolean): (value: unknown) => boolean {
  const isList = listOf(isGood);
  return (value) => isGood(value) || isList(value);
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

/** No scope contains white space: a list of several in one string could never be met. */
function isWord(value: unknown): boolean {
  return typeof value === 'string' && /^\S+$/.test(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isAsymmetric(value: unknown): boolean {
  return typeof value === 'string' && /^((RS|PS|ES)(256|384|512)|EdDSA|Ed25519)$/.test(value);
}

/** Keys fetched over plain http cannot be trusted. */
function isSecureUrl(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, hostname, username, password } = new URL(value);
  const isSecure = protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname));
  return isSecure && username === '' && password === '' && !/[?#]/.test(value);
}

function isLoopback(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^\[::1\]$/.test(hostname);
}
