import { withLink } from '#error-link';

/** Bundlers replace this expression; without a bundler, browsers have no `process`. */
declare const process: { readonly env: { readonly NODE_ENV?: string } };

/** Logs a warning about the configuration, with a link to its section of the page on errors, in development builds only. */
export function warnInDevelopment(message: string): void {
  if (!isDevelopment()) return;
  const linked = withLink?.(message, 'invalid_configuration') ?? message;
  // oxlint-disable-next-line eslint/no-console -- the console is where developers look
  console.warn(`sesamy-kit: ${linked}`);
}

/** Whether this is a development build. */
export function isDevelopment(): boolean {
  try {
    return process.env.NODE_ENV !== 'production';
  } catch {
    return false;
  }
}
