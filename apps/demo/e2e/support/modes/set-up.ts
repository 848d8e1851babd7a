/** How a page keeps its session, and whether Sesamy's login is on its site. */
export interface SetUp {
  readonly mode: 'refresh-token' | 'sso-cookie' | 'token-handler';
  readonly issuer: 'same-site' | 'cross-site';
  readonly fallbackMode?: 'refresh-token';
  /** Where the page is told that Sesamy is, when that is none of our hosts. */
  readonly issuerUrl?: string;
  /** Whether pages of other origins may show the page in a frame. Default `false`. */
  readonly isFramable?: boolean;
  /** Which build the page is. Default: the harness as for production. */
  readonly build?: 'harness' | 'development-harness' | 'demo';
}

/** The modes, each where it is at home. */
export const setUps: readonly [SetUp, ...SetUp[]] = [
  { mode: 'refresh-token', issuer: 'cross-site' },
  { mode: 'sso-cookie', issuer: 'same-site' },
  { mode: 'token-handler', issuer: 'cross-site' },
];
