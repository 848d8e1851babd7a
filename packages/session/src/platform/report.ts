/** Reports an error of the app's own callback like an uncaught error, without stopping the kit. */
export function report(error: unknown): void {
  // Some test environments lack it.
  if (typeof reportError === 'function') reportError(error);
  // oxlint-disable-next-line no-console
  else console.error(error);
}
