/** Bundlers replace this expression; without a bundler, browsers have no `process`. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Logs a warning in development builds only. */
export function warnInDevelopment(message: string): void {
  // oxlint-disable-next-line eslint/no-console -- the console is where developers look
  if (isDevelopment()) console.warn(`sesamy-kit: ${message}`);
}

/** Whether this is a development build. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}
