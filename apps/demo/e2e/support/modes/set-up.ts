/** A session mode. */
export type Mode = 'refresh-token' | 'sso-cookie' | 'token-handler';

/** What the page is configured with: its session mode, and whether Sesamy's login is on its site. */
export interface SetUp {
  readonly mode: Mode | 'auto';
  readonly issuer: 'same-site' | 'cross-site';
  readonly fallbackMode?: 'refresh-token';
  /** The issuer of the page, if it is none of the test hosts. */
  readonly issuerUrl?: string;
  /** Whether pages of other origins may show the page in a frame. Default `false`. */
  readonly isFramable?: boolean;
  /** Which build the page is. Default: the harness as for production. */
  readonly build?: 'harness' | 'development-harness' | 'demo';
}

/** A set-up that leaves no choice to the kit. */
export interface FixedSetUp extends SetUp {
  readonly mode: Mode;
}

/** The modes, each in its usual set-up. */
export const setUps: readonly [FixedSetUp, ...FixedSetUp[]] = [
  { mode: 'refresh-token', issuer: 'cross-site' },
  { mode: 'sso-cookie', issuer: 'same-site' },
  { mode: 'token-handler', issuer: 'cross-site' },
];
