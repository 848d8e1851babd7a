/** Where the button of the devtools is. */
export type DevtoolsPosition = 'bottom-right' | 'bottom-left' | 'top-right' | 'top-left';

/** The colours of the devtools. */
export type DevtoolsTheme = 'system' | 'light' | 'dark';

/** Options of the devtools. */
export interface DevtoolsOptions {
  /** Where the button is. Default `bottom-right`. */
  readonly position?: DevtoolsPosition | undefined;
  /** Default `system`: as the browser prefers. */
  readonly theme?: DevtoolsTheme | undefined;
  /** Whether the panel is open at first. Afterwards the tab remembers it. Default `false`. */
  readonly isInitiallyOpen?: boolean | undefined;
  /**
   * The URL of a mock of Sesamy to control from the panel, with its control plane, on this machine. Default: the issuer,
   * if it is on this machine.
   */
  readonly mockUrl?: string | undefined;
}
