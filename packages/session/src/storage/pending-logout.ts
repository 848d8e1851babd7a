import { isMarker, PENDING, PROMPT_REQUIRED, writeMarker } from './logout-marker.js';

/** Whether a logout has not reached the server yet. */
export function isLogoutPending(key: string): boolean {
  return read(key) === PENDING;
}

/** Whether the next login needs `prompt=login`, since the server may still have the session that was logged out. */
export function isPromptRequired(key: string): boolean {
  return isMarker(read(key));
}

/** Marks a logout that reached the server by script, not by navigation. */
export function markPromptRequired(key: string): void {
  writeMarker(key, PROMPT_REQUIRED);
}

/** Removes the marker, after the logout reached the server or a login was completed. */
export function clearPendingLogout(key: string): void {
  if (isPromptRequired(key)) localStorage.removeItem(key);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
