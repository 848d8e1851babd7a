/** The options of a project of playwright.config.ts. */
export interface ProjectOptions {
  /** Whether the browser is not there, so that its tests are skipped. Default false. */
  readonly isBrowserMissing: boolean;
  /** Where WebKitGTK is. Null, the default: nowhere, and its tests are skipped. */
  readonly webKitPrograms: WebKitPrograms | null;
}

/** What drives a WebKitGTK. */
export interface WebKitPrograms {
  readonly miniBrowser: string;
  readonly driver: string;
  /** An X server without a screen. */
  readonly display: string;
}
