import { isObject, parseJson } from '../platform/json.js';
import type { BaseConfig, SessionMode } from '../options.js';

/** The mode that was chosen for a session. All tabs share it, unless the session is in memory only. */
export interface ModeChoice {
  readonly mode: SessionMode;
  /** Whether every probe had an answer. */
  readonly isCertain: boolean;
  /** Until when no probe is needed, in epoch milliseconds. */
  readonly validUntil: number;
}

/** Names the session, and where it is. */
type Place = Pick<BaseConfig, 'key' | 'storage'>;

/** Returns the remembered choice; `null` for none, or where nothing can be stored. */
export function readModeChoice(place: Place): ModeChoice | null {
  try {
    const value = parseJson(storageOf(place).getItem(nameOf(place)));
    return isModeChoice(value) ? value : null;
  } catch {
    return null;
  }
}

/** Remembers the choice. */
export function writeModeChoice(place: Place, choice: ModeChoice): void {
  try {
    storageOf(place).setItem(nameOf(place), JSON.stringify(choice));
  } catch {
    // Without storage, each page chooses.
  }
}

/** The page that a login comes back to needs the choice of the one that started it. */
function storageOf({ storage }: Place): Storage {
  return storage === 'local' ? localStorage : sessionStorage;
}

function nameOf({ key }: Place): string {
  return `${key}/mode`;
}

function isModeChoice(value: unknown): value is ModeChoice {
  return (
    isObject(value) &&
    /^(refresh-token|sso-cookie|token-handler)$/.test(String(value['mode'])) &&
    typeof value['isCertain'] === 'boolean' &&
    typeof value['validUntil'] === 'number'
  );
}
