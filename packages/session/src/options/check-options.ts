import { AuthError } from '../errors.js';
import { isObject } from '../platform/json.js';
import type { SessionOptions, TokenHandlerAdapter } from '../options.js';
import { isLoopback } from '../platform/loopback.js';
import { parseUrl } from '../platform/parse-url.js';

/** What an option must be, in words and as a test. */
type Rule = readonly [expected: string, isGood: (value: unknown) => boolean];

type Rules<Options> = { readonly [Name in keyof Options]-?: Rule };

/** Matches the kit's own parameters; an app that sets one of them breaks the login or its security. */
const RESERVED_PARAMS =
  /^(client_id|redirect_uri|response_(type|mode)|scope|state|nonce|code_challenge(_method)?|max_age|organization|request(_uri)?)$/;

/** Names of the issuer in other libraries, or misspelt. Ignoring one would log in at another server. */
const ISSUER_NAMES = /domain|authority|issuer|tenant|server|base_?url/i;

const text = matching('a string that is not blank', /\S/);
const anyText: Rule = ['a string', (value) => typeof value === 'string'];
const path = matching('an absolute path', /^\/(?!\/)[^\s?#\\]*$/);
const url: Rule = ['a bare https URL (http only for localhost)', isSafeUrl];
/** @see RFC 9110 section 5.6.2, RFC 6265 section 4.1.1 */
const token = matching('a name without spaces or separators', /^[\w!#$%&'*+.^`|~-]+$/);

const adapterRules: Rules<TokenHandlerAdapter> = {
  returnToParam: text,
  logoutMethod: oneOf('POST', 'GET'),
  csrfHeader: token,
  hintCookie: token,
};

const rules: Rules<Omit<SessionOptions, 'clientSecret' | 'client_secret'>> = {
  // As in RFC 6749 appendix A.1, without the separator of the OAuth `state`.
  clientId: matching("the client id from Sesamy's dashboard", /^[!-:<-~]+$/),
  mode: oneOf('refresh-token', 'sso-cookie', 'token-handler', 'auto'),
  fallbackMode: oneOf('refresh-token'),
  issuer: url,
  apiUrl: url,
  redirectUri: url,
  scope: anyText,
  audience: text,
  organization: text,
  storage: oneOf('local', 'memory'),
  allowedOrigins: ['a list, each a bare https URL (http only for localhost)', isUrlList],
  authorizationParams: ['an object of strings', isObject],
  verifySignature: ['true or false', (value) => typeof value === 'boolean'],
  authPath: path,
  apiPath: path,
  vendorId: text,
  tokenHandler: ['an object', isObject],
  navigate: ['a function, or an object with the functions toPage and toServer', isNavigation],
  fetch: ['a function', isFunction],
  takeOver: ['a list of libraries from @sesamy-kit/session/migrate', isTakeOverList],
  userSchema: ['a schema of a library that implements Standard Schema 1', isSchema],
};

/** The names of all options. */
export const optionNames: readonly string[] = Object.keys(rules);

/** Leaving these out is less secure, so `undefined` from an unset variable is refused. */
const NEVER_UNDEFINED = ['mode', 'storage', 'organization', 'verifySignature'];

/**
 * Checks the options' names and values, also of callers without types.
 * @returns the names that are not options
 * @throws AuthError `invalid_configuration`; the message names the option and the fix, never a value
 */
export function checkOptions(options: unknown): readonly string[] {
  if (!isObject(options)) {
    throw new AuthError('invalid_configuration', 'The options of a session must be an object.');
  }
  const { authorizationParams, tokenHandler } = options;
  const params = isObject(authorizationParams) ? authorizationParams : {};
  const secret = [...Object.keys(options), ...Object.keys(params)].find((name) =>
    /secret/i.test(name),
  );
  if (secret !== undefined) throw invalid(secret, 'left out: browsers keep no secrets');
  const unknown = Object.keys(options).filter((name) => !optionNames.includes(name));
  const issuerName = unknown.find((name) => ISSUER_NAMES.test(name));
  if (issuerName !== undefined && options['issuer'] === undefined) {
    throw invalid(issuerName, 'replaced by "issuer", the URL of the authorization server');
  }
  checkValues('', rules, options);
  if (isObject(tokenHandler)) checkValues('tokenHandler.', adapterRules, tokenHandler);
  for (const [name, value] of Object.entries(params)) checkParam(name, value);
  return unknown;
}

function checkValues(
  prefix: string,
  wanted: Readonly<Record<string, Rule>>,
  values: Readonly<Record<string, unknown>>,
): void {
  for (const [name, [expected, isGood]] of Object.entries(wanted)) {
    const value = values[name];
    const isStrict = NEVER_UNDEFINED.includes(name) && name in values;
    if (value === undefined && isStrict) throw invalid(name, `${expected}, or left out`);
    if (value === undefined && name !== 'clientId') continue;
    if (!isGood(value)) throw invalid(prefix + name, expected);
  }
}

/** @throws AuthError `invalid_configuration` for an authorization parameter that is the kit's, or not a string */
export function checkParam(name: string, value: unknown): void {
  const fullName = `authorizationParams.${name}`;
  if (RESERVED_PARAMS.test(name)) {
    const option = name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
    const source = optionNames.includes(option) ? ` from "${option}"` : '';
    throw invalid(fullName, `left out: the kit sets it${source}`);
  }
  if (value !== undefined && typeof value !== 'string') throw invalid(fullName, 'a string');
}

function matching(expected: string, pattern: RegExp): Rule {
  return [expected, (value) => typeof value === 'string' && pattern.test(value)];
}

function oneOf(...choices: readonly unknown[]): Rule {
  return [choices.join(' or '), (value) => choices.includes(value)];
}

/** Tokens are sent to these URLs, so they must be https, or http on this machine. */
function isSafeUrl(value: unknown): boolean {
  const parsed = typeof value === 'string' ? parseUrl(value) : null;
  if (parsed === null || /[?#]/.test(String(value))) return false;
  const isSafe =
    parsed.protocol === 'https:' || (parsed.protocol === 'http:' && isLoopback(parsed));
  // A wildcard would match no origin.
  const isPlain = parsed.username === '' && parsed.password === '' && !/\*/.test(parsed.hostname);
  return isSafe && isPlain;
}

function isSchema(value: unknown): boolean {
  return (
    (isObject(value) || typeof value === 'function') && isObject(Reflect.get(value, '~standard'))
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

function isNavigation(value: unknown): boolean {
  if (!isObject(value)) return isFunction(value);
  const given = [value['toPage'], value['toServer']].filter((one) => one !== undefined);
  return given.length > 0 && given.every(isFunction);
}

function isUrlList(value: unknown): boolean {
  return Array.isArray(value) && value.every(isSafeUrl);
}

function invalid(name: string, expected: string): AuthError {
  return new AuthError('invalid_configuration', `The option "${name}" must be ${expected}.`);
}

function isTakeOverList(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => isObject(one) && isFunction(one['find']));
}
