const meanings: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/^sesamy-kit:.*\/tokens$/, 'the access token and the refresh token'],
  [/^sesamy-kit:.*\/logins$/, 'pending logins, if any'],
  [/^sesamy-kit:.*\/logout$/, 'a pending logout at the server'],
  [/^sesamy-kit:.*\/quiet-until$/, 'the end of the pause before the login server is probed again'],
  [/^sesamy-kit:.*\/mode$/, 'the mode that auto has chosen'],
  [/^sesamy-kit:.*\/[\w-]+$/, 'other data of the session'],
  [/^sesamy-kit:/, 'your name and picture, for the first render'],
  [/^sesamy-kit-offline:/, 'when Sesamy last confirmed the session'],
  [/^sesamy_is_authenticated$/, 'a hint that a user may be logged in'],
];

/** A description of a stored name; null if it does not belong to the session. */
export function storedNameWords(name: string): string | null {
  return meanings.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
