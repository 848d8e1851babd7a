import { findCallback } from '../login/find-callback.js';
import type { BaseConfig, SessionMode } from '../options.js';
import { isLogoutPending } from '../storage/logout-marker.js';
import { readModeChoice, writeModeChoice, type ModeChoice } from '../storage/mode-choice.js';
import { isSameSite } from '../storage/same-site.js';
import { readSnapshot } from '../storage/snapshot.js';
import { probeHandler } from './probe-handler.js';

/** A choice counts this long, so that a token handler that is put in place later is found. */
const VALID_MS = 24 * 3_600_000;

/** A choice without a response of the path counts this long. */
const UNCERTAIN_MS = 5 * 60_000;

/**
 * Chooses how a session is kept: by a token handler if one responds on the page's origin, else by the issuer's cookie if
 * the issuer is on the page's site, else by a refresh token. A session, a login or a logout that has begun keeps its
 * mode while that is possible. A probe without a definite response does not replace what an earlier one has found. Does
 * not reject.
 */
export async function chooseMode(config: BaseConfig): Promise<SessionMode> {
  const remembered = readPossible(config);
  if (remembered !== null && isKept(remembered, config)) return remembered.mode;
  const hasHandler = isShadowed(config) ? null : await probeHandler(config.authPath, config.fetch);
  const choice = choose(hasHandler, remembered, config);
  writeModeChoice(config, choice);
  return choice.mode;
}

/**
 * Notes that the mode has failed on this page. A token handler is probed again at the next page load; without its frame,
 * the mode `sso-cookie` cannot work.
 */
export function noteFailure(config: BaseConfig, mode: SessionMode): void {
  if (mode === 'refresh-token') return;
  writeModeChoice(
    config,
    mode === 'sso-cookie'
      ? { mode: 'refresh-token', isCertain: true, validUntil: Date.now() + VALID_MS }
      : { mode, isCertain: true, validUntil: 0 },
  );
}

/** Returns the remembered choice if this page can still use it. */
function readPossible(config: BaseConfig): ModeChoice | null {
  const choice = readModeChoice(config);
  if (choice?.mode === 'token-handler') return isShadowed(config) ? null : choice;
  return choice?.mode === 'sso-cookie' && !isSameSite(config.issuer) ? null : choice;
}

/** A token handler may have gone, in which case its sessions have ended. */
function isKept(choice: ModeChoice, config: BaseConfig): boolean {
  return isValid(choice) || (choice.mode !== 'token-handler' && hasBegun(config));
}

function choose(
  hasHandler: boolean | null,
  remembered: ModeChoice | null,
  { issuer }: BaseConfig,
): ModeChoice {
  const now = Date.now();
  if (hasHandler === null && remembered?.isCertain === true) {
    return { ...remembered, validUntil: now + UNCERTAIN_MS };
  }
  // The issuer's site is a fact of this page, which no failing request can hide.
  const withoutHandler = isSameSite(issuer) ? 'sso-cookie' : 'refresh-token';
  return {
    mode: hasHandler === true ? 'token-handler' : withoutHandler,
    isCertain: hasHandler !== null,
    validUntil: now + (hasHandler === null ? UNCERTAIN_MS : VALID_MS),
  };
}

/** Whether the app's own page was sent for a path of the token handler. A link to it must not decide for a day. */
function isShadowed({ authPath }: BaseConfig): boolean {
  return location.pathname.startsWith(`${authPath}/`);
}

/** Whether there is a user, a login that comes back, or a logout to complete. */
function hasBegun(config: BaseConfig): boolean {
  const { key } = config;
  return isLogoutPending(key) || findCallback(config) !== undefined || Boolean(readSnapshot(key));
}

function isValid({ validUntil }: ModeChoice): boolean {
  const remainingMs = validUntil - Date.now();
  return remainingMs > 0 && remainingMs <= VALID_MS;
}
