import type { LoginOptions } from './login-options.js';
import { withoutUndefined } from '../platform/without-undefined.js';
import { isPromptRequired } from '../storage/pending-logout.js';

/** Parameters by their wire names; those without a value are omitted. */
export type AuthorizationParams = Readonly<Record<string, string | undefined>>;

/**
 * Returns the authorization parameters of a login of the session named by `key`, by their wire names.
 * @see OpenID Connect Core 1.0 section 3.1.2.1
 */
export function toAuthorizationParams(options: LoginOptions, key: string): AuthorizationParams {
  const own = {
    login_hint: options.loginHint,
    screen_hint: options.screenHint,
    prompt: options.prompt ?? (isPromptRequired(key) ? 'login' : undefined),
    max_age: options.maxAgeSeconds?.toString(),
    ui_locales: options.uiLocales,
    acr_values: options.acrValues,
    connection: options.connection,
    organization: options.organization,
  };
  return { ...options.authorizationParams, ...withoutUndefined(own) };
}

/** Returns a scope with another one added, each value once. */
export function addScope(scope: string, added: string): string {
  return [...new Set(`${scope} ${added}`.match(/\S+/g))].join(' ');
}
