import { isMarker, PROMPT_REQUIRED, readEntry, writeMarker } from './logout-marker.js';

/** Whether the next login needs `prompt=login`, since the server may still have the session that was logged out. */
export function isPromptRequired(key: string): boolean {
  return isMarker(readEntry(key));
}

/** Marks a logout that reached the server by script, not by navigation. */
export function markPromptRequired(key: string): void {
  writeMarker(key, PROMPT_REQUIRED);
}
