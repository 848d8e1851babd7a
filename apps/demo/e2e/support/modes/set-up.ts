/** How a page keeps its session, and whether Sesamy's login is on its site. */
export interface SetUp {
  readonly mode: 'refresh-token' | 'sso-cookie' | 'token-handler';
  readonly issuer: 'same-site' | 'cross-site';
  readonly fallbackMode?: 'refresh-token';
}

/** The modes, each where it is at home. */
export const setUps: readonly [SetUp, ...SetUp[]] = [
  { mode: 'refresh-token', issuer: 'cross-site' },
];
