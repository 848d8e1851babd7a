/** Bundlers put the text in the place of this expression; without one there is no such thing in a browser. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Tells the developer, and never a reader. */
export function warnInDevelopment(message: string): void {
  // oxlint-disable-next-line eslint/no-console -- there is nobody else to tell
  if (isDevelopment()) console.warn(`sesamy-kit: ${message}`);
}

/** Whether a bundler has made this code for development. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}
