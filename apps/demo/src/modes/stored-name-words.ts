const meanings: readonly (readonly [pattern: RegExp, meaning: string])[] = [
  [/^sesamy-kit:.*\/tokens$/, 'the access token and the refresh token'],
  [/^sesamy-kit:.*\/logins$/, 'logins under way, if there are any'],
  [/^sesamy-kit:.*\/logout$/, 'a logout that the server has yet to hear of'],
  [/^sesamy-kit:.*\/quiet-until$/, 'until when the login server is not asked again by itself'],
  [/^sesamy-kit:.*\/[\w-]+$/, 'a note of the session’s'],
  [/^sesamy-kit:/, 'your name and picture, for the first thing drawn'],
  [/^sesamy_is_authenticated$/, 'a hint that somebody is logged in, which proves nothing'],
];

/** What is kept under a name, in words; null for what is not the session's. */
export function storedNameWords(name: string): string | null {
  return meanings.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
