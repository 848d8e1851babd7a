import type { SessionInfo } from '@sesamy-kit/session';

/** What a guard requires of the login. */
export interface LoginStrength {
  /** Maximum age of the user's last authentication. */
  readonly maxAgeSeconds?: number;
  /** Accepted authentication context classes, space-separated. */
  readonly acrValues?: string;
  /** Required scope, space-separated. */
  readonly scope?: string | undefined;
}

/** A login that has just been made is a little older by the time that it is judged. */
const LEEWAY_SECONDS = 60;

/**
 * Whether a login is as strong as required. With a token handler, scripts cannot know; its API decides.
 * @param now epoch milliseconds
 */
export function isStrongEnough(
  { mode, acr, authTime, scope }: SessionInfo,
  wanted: LoginStrength,
  now: number,
): boolean {
  if (mode === 'token-handler') return true;
  const { maxAgeSeconds = Infinity, acrValues, scope: wantedScope } = wanted;
  const ageSeconds = (now - (authTime ?? -Infinity)) / 1000;
  const granted = words(scope ?? '');
  return (
    (maxAgeSeconds === Infinity || ageSeconds <= maxAgeSeconds + LEEWAY_SECONDS) &&
    (acrValues === undefined || words(acrValues).includes(acr ?? '')) &&
    words(wantedScope ?? '').every((one) => granted.includes(one))
  );
}

const words = (text: string): readonly string[] => text.match(/\S+/g) ?? [];
