import { checkParam } from '../options/check-options.js';
import { AuthError } from '../errors.js';
import { isObject } from '../platform/json.js';
import type { LoginOptions, RedirectLoginOptions } from './login-options.js';
import type { AccessTokenOptions } from '../session.js';

type Rules = { readonly [Name in keyof LoginOptions]-?: (value: unknown) => boolean };

const isText = (value: unknown): boolean => typeof value === 'string';

const rules: Rules = {
  returnTo: isText,
  loginHint: isText,
  screenHint: (value) => value === 'login' || value === 'signup',
  prompt: (value) => value === 'login' || value === 'select_account' || value === 'consent',
  uiLocales: isText,
  maxAgeSeconds: (value) => typeof value === 'number' && value >= 0,
  acrValues: isText,
  organization: isText,
  connection: isText,
  scope: isText,
  authorizationParams: isObject,
};

/**
 * Returns the login options in the argument of an action, which may be a click event if the action is the handler.
 * @throws AuthError `invalid_configuration` for a wrong value
 */
export function readLoginOptions(given: unknown): LoginOptions {
  const values = isObject(given) ? given : {};
  const options = Object.fromEntries(
    Object.keys(rules).flatMap((name) =>
      values[name] === undefined ? [] : [[name, values[name]] as const],
    ),
  );
  checkLoginOptions(options);
  return options;
}

/** @throws AuthError `invalid_configuration` */
export function readRedirectOptions(given: unknown): RedirectLoginOptions {
  const options = readLoginOptions(given);
  const { isAutomatic, guardedPage, openUrl } = isObject(given) ? given : {};
  if (openUrl !== undefined && !isOpenUrl(openUrl)) throw invalid('openUrl');
  return {
    ...options,
    ...(isAutomatic === true && { isAutomatic }),
    ...(typeof guardedPage === 'string' && { guardedPage }),
    ...(openUrl !== undefined && { openUrl }),
  };
}

/** @throws AuthError `invalid_configuration` */
export function readTokenOptions(given: AccessTokenOptions | undefined): AccessTokenOptions {
  const { minValiditySeconds, signal } = given ?? {};
  const isGood =
    minValiditySeconds === undefined ||
    (typeof minValiditySeconds === 'number' && minValiditySeconds >= 0);
  if (isGood) return { minValiditySeconds, signal };
  throw new AuthError('invalid_configuration', '"minValiditySeconds" must be a number of seconds.');
}

/** @throws AuthError `invalid_configuration` */
export function requireSignal(signal: AbortSignal | null | undefined): void {
  if (!signal || typeof signal.addEventListener === 'function') return;
  throw new AuthError('invalid_configuration', '"signal" must be an AbortSignal.');
}

function checkLoginOptions(
  values: Readonly<Record<string, unknown>>,
): asserts values is Readonly<Record<string, unknown>> & LoginOptions {
  for (const [name, isGood] of Object.entries(rules)) {
    if (name in values && !isGood(values[name])) throw invalid(name);
  }
  const { authorizationParams } = values;
  if (!isObject(authorizationParams)) return;
  for (const [name, value] of Object.entries(authorizationParams)) {
    checkParam(name, value);
    // Tokens for another API are another session.
    if (name === 'audience') throw invalid(`authorizationParams.${name}`);
  }
}

function isOpenUrl(value: unknown): value is NonNullable<RedirectLoginOptions['openUrl']> {
  return typeof value === 'function';
}

function invalid(name: string): AuthError {
  return new AuthError('invalid_configuration', `The login's option "${name}" has a wrong value.`);
}
