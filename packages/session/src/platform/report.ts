/** Reports what an app's own callback threw like any uncaught error, without stopping the kit. */
export function report(error: unknown): void {
  // Some test environments do not have it.
  if (typeof reportError === 'function') reportError(error);
  // oxlint-disable-next-line no-console
  else console.error(error);
}
