/** The names of a session's records. */
export type RecordNames = Readonly<
  Record<'tokens' | 'logins' | 'quietUntil' | 'revocations', string>
>;

/** As the end of a probe pause: until the next login. */
export const UNTIL_LOGIN: number = Number.MAX_SAFE_INTEGER;

/** Returns the names of a session's records. */
export function recordNames(key: string): RecordNames {
  return {
    tokens: `${key}/tokens`,
    logins: `${key}/logins`,
    quietUntil: `${key}/quiet-until`,
    revocations: `${key}/revocations`,
  };
}
